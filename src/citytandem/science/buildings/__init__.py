"""Do the figures of a building hold, and why does it use more or less than designed?"""
