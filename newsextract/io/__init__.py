"""Articles in and records out: readers of input formats, sinks for storage targets."""
