"""Takes EventBridge's "Transcribe Job State Change", gives ``transcription.finished.v1``."""
