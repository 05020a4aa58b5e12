"""Takes the news that Vonage has a recording, gives its audio in S3 and the news of that."""
