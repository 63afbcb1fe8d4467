"""The words of agendas, plans and calendars."""

AGENDAS: dict[str, str] = {}
