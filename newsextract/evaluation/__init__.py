"""Figures per task: records compared with gold annotation, one module a task."""
