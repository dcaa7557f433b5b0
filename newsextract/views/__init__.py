"""Views of records: text, terminal, HTML pages, notebooks, displaCy."""
