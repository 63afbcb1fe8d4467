"""How fast is the house beside what a good data scientist would use instead? ``python -m benchmarks``."""
