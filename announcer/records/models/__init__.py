"""What a talk and a config look like, validated whole; the JSON Schema."""
