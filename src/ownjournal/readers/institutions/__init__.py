"""Libraries by way of which readers get at texts: the registry, and whose they are."""
