"""What the verbs and the browser share: the project in hand, dispatch, one run, decisions, alerts."""
