"""Templates: where they lie, how they are rendered, and what a rendering may cost."""
