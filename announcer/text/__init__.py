"""People's words -> what readers read: text, Markdown and LaTeX, in plain text and in HTML. Pure."""
