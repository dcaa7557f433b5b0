"""The gazetteer: offline lookup of places and coordinates by name."""

from newsextract.gazetteer.reader import SHIPPED, Entry, Gazetteer, open_gazetteer

__all__ = ["SHIPPED", "Entry", "Gazetteer", "open_gazetteer"]
