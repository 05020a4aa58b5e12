"""Shows the whole way of a call on one machine, from the ringing phone to the transcript."""
