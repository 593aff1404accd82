"""The command line: one small file per verb; the only place that chooses adapters and reads the clock."""
