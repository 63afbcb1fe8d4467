"""Regions: trajectories, analogues, phases."""
