from hashlib import md5

from bench.slow_sqs import answer


def test_every_entry_of_a_batch_is_taken_by_its_id() -> None:
    entries = [{"Id": "0", "MessageBody": "one"}, {"Id": "1", "MessageBody": "two"}]

    said = answer({"QueueUrl": "http://sqs/queue", "Entries": entries})

    assert [entry["Id"] for entry in said["Successful"]] == ["0", "1"]
    assert said["Failed"] == []


def test_a_single_message_is_taken_with_the_hash_of_its_body() -> None:
    said = answer({"QueueUrl": "http://sqs/queue", "MessageBody": "one"})

    assert said["MD5OfMessageBody"] == md5(b"one", usedforsecurity=False).hexdigest()


def test_what_sends_no_message_is_answered_with_nothing() -> None:
    assert answer({"QueueUrl": "http://sqs/queue"}) == {}
