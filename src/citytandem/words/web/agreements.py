"""The words of agreements, the work of tandems and what came of it."""

AGREEMENTS: dict[str, str] = {}
