"""How is the same science run over every city? Engines, files, and the compiled way; the rules stay in ``science``."""
