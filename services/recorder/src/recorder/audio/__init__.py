"""Measures recordings, and cuts those that Amazon Transcribe would refuse into parts."""
