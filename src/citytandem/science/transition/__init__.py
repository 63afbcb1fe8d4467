"""Which region's past resembles a region now, and what was tried there?"""
