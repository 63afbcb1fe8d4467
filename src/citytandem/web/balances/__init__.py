"""Balances that cities bring themselves: uploaded, checked, published."""
