"""The reference release: built from the raw sets, checked, described."""
