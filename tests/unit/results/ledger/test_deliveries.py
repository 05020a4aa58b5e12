from callscribe.contracts import DeliveredNotification, Fact, NotificationDelivered
from results.ledger.fold import fold
from results.ledger.views import Status
from tests.unit.results.ledger.stories import CALL, RECORDING, after, happened


def delivered(state: str, status: int, at: float) -> Fact:
    data = DeliveredNotification.model_validate(
        {
            "recording_id": RECORDING,
            "conversation_id": CALL,
            "notification_id": "7a2f",
            "news": "transcript.ready.v1",
            "receiver": "3f1a",
            "host": "hooks.example.com",
            "state": state,
            "status": status,
            "answer": "thanks",
        }
    )
    return NotificationDelivered(
        source="callscribe/notify", subject=f"7a2f/3f1a/{at}", time=after(at), data=data
    )


def test_each_delivery_and_its_answer_are_shown_with_the_recording() -> None:
    facts = [delivered("delivered", 204, 70), delivered("failed", 503, 60), happened("answered")]

    call = fold([f"call#{CALL}"], facts)

    [recording] = call.recordings
    assert [(one.state, one.status, one.at) for one in recording.deliveries] == [
        ("failed", 503, after(60)),
        ("delivered", 204, after(70)),
    ]
    assert recording.deliveries[0].host == "hooks.example.com"


def test_a_delivery_delivered_twice_is_shown_once() -> None:
    call = fold([f"call#{CALL}"], [delivered("delivered", 204, 70)] * 2)

    assert len(call.recordings[0].deliveries) == 1


def test_a_receiver_that_fails_does_not_make_a_call_fail() -> None:
    call = fold([f"call#{CALL}"], [delivered("failed", 500, 60)])

    assert call.status is not Status.FAILED
