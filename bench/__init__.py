"""Measures Callscribe against peers and limits: ``python -m bench``."""
