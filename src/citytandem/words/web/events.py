"""The words of events and those who come."""

EVENTS: dict[str, str] = {}
