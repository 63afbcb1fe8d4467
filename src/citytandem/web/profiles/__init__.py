"""What a city says about itself: stages, powers, targets, replies."""
