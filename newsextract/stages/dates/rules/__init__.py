"""The grammar: tables of patterns, each with the function that builds its meaning."""
