"""The study tour of an event: its sites, days and wishes, the tours computed, and the edition everybody sees."""
