"""What cities look for and offer each other."""
