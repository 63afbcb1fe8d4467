"""Tags of agendas."""
