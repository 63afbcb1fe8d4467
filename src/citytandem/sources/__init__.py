"""The ways in: one file per publisher or format; bytes in, tables and findings out."""
