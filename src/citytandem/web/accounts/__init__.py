"""Who may do what: people, organisations, their roles, and what was done."""
