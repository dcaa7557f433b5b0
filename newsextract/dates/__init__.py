"""Time expressions: where they stand in the text and what they mean on the calendar."""
