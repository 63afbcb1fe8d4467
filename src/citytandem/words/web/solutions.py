"""The words of offers found for needs."""

SOLUTIONS: dict[str, str] = {}
