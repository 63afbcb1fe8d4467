"""Where a city stands among cities built like it, and why."""
