"""Tags of what cities say about themselves."""
