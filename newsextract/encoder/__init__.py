"""The encoder: one pass of one small transformer labels everything that is learnt."""
