"""Distribute articles over processes, executors and a Dask cluster, independent of storage."""
