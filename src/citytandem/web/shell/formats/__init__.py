"""How dates are written where the framework writes them in a way that is read differently across borders."""
