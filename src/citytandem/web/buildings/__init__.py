"""Buildings: pilot buildings and their records."""
