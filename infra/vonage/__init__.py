"""Makes at Vonage what Callscribe needs there: ``python -m infra.vonage``."""
