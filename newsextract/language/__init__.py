"""English: word lists, strings, nouns, personal names, gender, and questions to a ``Doc``."""
