"""Which cities could learn from each other, and what each would give and get."""
