"""What a city can do: its powers, the split of its emissions, its profile, its advice and its portfolio."""
