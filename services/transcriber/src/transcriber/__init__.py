"""Takes ``recording.stored.v1``, starts its Transcribe job, gives ``transcription.started.v1``."""
