"""Coreference: link pronouns and nominals to the people of the article."""

from newsextract.stages.coreference.link import link_mentions

__all__ = ["link_mentions"]
