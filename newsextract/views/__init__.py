"""Records to look at: text, terminal, HTML pages, notebooks, displaCy."""
