"""Names the places in which a call's facts lie."""

from results.ledger.facts import call_node, recording_node
from results.ledger.views import CallView


def places_of(call: CallView) -> tuple[str, ...]:
    """Name the places of all conversations and recordings of a call."""
    conversations = [call_node(it) for it in call.conversation_ids]
    recordings = [recording_node(it.recording_id) for it in call.recordings]
    return (*conversations, *recordings)


def ids_of(call: CallView) -> dict[str, str]:
    """Give the ids by which a fact about the whole call is kept with it."""
    if call.conversation_ids:
        return {"conversation_id": call.conversation_ids[0]}
    return {"recording_id": call.recordings[0].recording_id} if call.recordings else {}
