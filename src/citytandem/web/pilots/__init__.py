"""Pilots: pilot programmes from the call to the certificate."""
