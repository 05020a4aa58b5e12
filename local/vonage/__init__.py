"""A phone company on a laptop: it calls, obeys, records and tells as Vonage's Voice API does."""
