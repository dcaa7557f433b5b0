"""Questions over many records: frames, filters, focus, linking."""
