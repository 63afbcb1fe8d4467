"""Tags of needs and offers."""
