"""A first estimate for a city without a balance: what it is learned from, how wide it is, how far it can be trusted."""
