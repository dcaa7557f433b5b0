"""English: word lists, strings, nouns, personal names, gender, and queries on a ``Doc``."""
