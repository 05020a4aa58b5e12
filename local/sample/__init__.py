"""A short telephone call between two synthetic voices, and what is said in it."""
