"""Takes ``recording.stored.v1``, starts its Transcribe jobs, gives ``transcription.started.v1``."""
