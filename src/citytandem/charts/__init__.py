"""From frames to pictures: Vega-Lite descriptions, each with a table that says the same."""
