"""The encoder: one pass of one small transformer predicts everything that is learned."""
