"""Importing, as the command line and the desk share it: open a source, review it, write what was agreed.

For others: `review.reviewed` and `applying.apply` are an import; `pasting.proposed` makes a draft of pasted
text without writing it; `answers.answered` compares a letter with the talk that it is about, and
`answers.accept` writes what a person agreed to.
"""
