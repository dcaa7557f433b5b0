"""Articles over processes, executors and a Dask cluster; knows nothing of storage."""
