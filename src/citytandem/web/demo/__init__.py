"""The demo: invented people at work on real cities, plainly labelled."""
