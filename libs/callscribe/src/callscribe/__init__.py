"""What the deployables share: contracts, errors, the SQS worker, settings, logs and fakes."""
