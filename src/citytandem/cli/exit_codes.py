"""What a command tells the shell when it ends."""

FINE, REFUSED, BAD_USE, OUR_FAULT = 0, 1, 2, 3
