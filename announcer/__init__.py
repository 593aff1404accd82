"""announcer tells a department of its talks: from YAML records to mailing lists, on schedule and once."""

__version__ = "0.1.0"
