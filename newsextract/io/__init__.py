"""Input and output: readers of article formats, sinks for storage targets, stores to query."""
