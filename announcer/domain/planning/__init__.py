"""What a moment asks for: pure verbs over the nouns of the domain."""
