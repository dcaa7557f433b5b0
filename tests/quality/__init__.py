"""The quality gate: figures on the dev corpora that may not drop."""
