"""Agendas of events: sessions, rooms, slots, wishes; the solver's panel, plans and replans, calendars and public agendas."""
