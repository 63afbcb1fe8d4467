"""What templates of the room of balances need."""
