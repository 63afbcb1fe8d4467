"""What everyone may read: cities, comparisons, methods."""
