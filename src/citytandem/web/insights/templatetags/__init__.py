"""Tags of the pages everyone may read."""
