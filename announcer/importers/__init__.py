"""Other people's calendars, tables, feeds, pages and letters -> drafts of talks; nothing is written here."""
