from dataclasses import replace
from uuid import UUID

from local.vonage.testing import a_call


def test_ids_derive_from_the_seed_alone() -> None:
    first, again = a_call(), a_call(busy=True)

    assert first.recording_uuid(0) == again.recording_uuid(0)
    assert first.conversation_uuid == again.conversation_uuid
    assert first.conversation_uuid.startswith("CON-")
    assert len(first.leg_uuid(0)) == 32


def test_another_seed_makes_other_ids() -> None:
    other = replace(a_call(), seed=UUID(int=7))

    assert other.recording_uuid(0) != a_call().recording_uuid(0)
    assert other.leg_uuid(0) != a_call().leg_uuid(0)


def test_no_two_things_of_a_call_share_an_id() -> None:
    call = a_call(transfer=True)

    ids = [
        call.id,
        call.conversation_uuid,
        call.joined_conversation_uuid,
        call.leg_uuid(0),
        call.leg_uuid(1),
        call.recording_uuid(0),
        call.recording_uuid(1),
        call.file_id(0),
        call.transcription_id(0),
        call.webhook_id(0),
    ]
    assert len(set(ids)) == len(ids)
