"""Parts of region pages on other pages."""
