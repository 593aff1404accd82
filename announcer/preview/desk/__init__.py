"""The desk: a talk written in the browser, as a form or as text; its file stays the truth."""
