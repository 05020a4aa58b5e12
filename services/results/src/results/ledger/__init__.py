"""Keeps one record of each call, folded from the facts about it in whatever order they come."""
