"""The words of twinning programmes and the matching studio."""

PROGRAMMES: dict[str, str] = {}
