"""CityTandem: cities learn from each other how to cut greenhouse-gas emissions."""
