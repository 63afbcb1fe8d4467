"""Tags of networks."""
