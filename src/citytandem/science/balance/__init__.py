"""What a balance says: outcomes, how sure they are, and what they may be compared with."""
