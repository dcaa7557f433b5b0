"""The grammar: tables of patterns, each with the builder of its meaning."""
