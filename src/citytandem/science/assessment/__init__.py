"""Judges cities against a framework: levels with intervals, knock-outs, and two assessors side by side."""
