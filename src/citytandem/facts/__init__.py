"""The reference facts of the house as data files: one table a file, one source a row; no code lives here."""
