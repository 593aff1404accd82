"""One small file per verb: its options, its words, its exit codes."""
