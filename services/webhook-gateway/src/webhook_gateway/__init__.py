"""Takes Vonage's webhooks; gives it an NCCO, and the queues what it said of a call."""
