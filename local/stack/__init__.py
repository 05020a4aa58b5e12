"""Starts AWS on this machine, makes what Callscribe needs there, and runs the services on it."""
