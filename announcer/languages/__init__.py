"""What readers are told, in each language that has a catalogue, and what people write in it."""
