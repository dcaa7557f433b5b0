"""The gazetteer: places of the world with coordinates, looked up by name, offline."""

from newsextract.gazetteer.reader import SHIPPED, Entry, Gazetteer, open_gazetteer

__all__ = ["SHIPPED", "Entry", "Gazetteer", "open_gazetteer"]
