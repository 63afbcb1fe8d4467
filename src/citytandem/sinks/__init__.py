"""The ways out of the house: files that others can read."""
