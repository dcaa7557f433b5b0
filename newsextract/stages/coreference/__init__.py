"""Coreference: every pronoun and nominal that stands for a person of the article."""

from newsextract.stages.coreference.link import link_mentions

__all__ = ["link_mentions"]
