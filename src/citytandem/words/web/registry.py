"""The words of a network's registry and its ties."""

REGISTRY: dict[str, str] = {}
