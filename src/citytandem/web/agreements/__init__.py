"""What tandems agree on and do: agreements, modules and tasks, minutes and decisions, learning measured, what came of it."""
