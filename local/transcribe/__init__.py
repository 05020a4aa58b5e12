"""Amazon Transcribe on a laptop: its job operations over the wire, with real recognition."""
