"""Takes what became of a transcription job, and facts about calls; gives transcripts to read."""
