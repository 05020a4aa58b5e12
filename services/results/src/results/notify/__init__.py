"""Tells the outside that a transcript is ready or has failed: by webhook, on an event bus."""
