"""Evaluation of records against gold annotation, one module per task."""
