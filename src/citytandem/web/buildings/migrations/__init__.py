"""Changes of the tables of buildings."""
