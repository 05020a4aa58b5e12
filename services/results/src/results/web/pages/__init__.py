"""The pages on which people find calls, read them and hear them."""
