"""What the organizer is told of: what waits, what was missed, what is wrong."""
