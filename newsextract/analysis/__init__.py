"""Questions over many records: frames, filters, linking."""
