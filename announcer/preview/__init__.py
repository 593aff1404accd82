"""The messages in a browser, live: it reads, composes and shows, and has nothing to send with."""
