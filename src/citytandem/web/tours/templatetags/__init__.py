"""Tags of tours."""
