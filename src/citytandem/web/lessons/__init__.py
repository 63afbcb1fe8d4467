"""Lessons: cases, interviews and what would have to hold at home."""
