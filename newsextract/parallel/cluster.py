"""A Dask cluster as the workers of a run (extra ``cluster``)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from newsextract.errors import NewsextractError, import_extra
from newsextract.parallel.pool import ExecutorPool

RETRIES = 3
PATIENCE = 20.0
"""Seconds in which workers that died may come back."""
RESUME = "run the same command again to resume"
_CONNECT_SECONDS = "10s"


class ClusterError(NewsextractError):
    """The cluster cannot be reached, or was lost."""


@contextmanager
def open_cluster(address: str) -> Iterator[ExecutorPool]:
    """Yield a pool over the workers of the Dask scheduler at ``address``.

    A chunk whose worker dies is given to another one, three times.

    Raises:
        ClusterError: there is no scheduler, or it has no workers.
    """
    distributed: Any = import_extra("distributed", "cluster")
    try:
        client = distributed.Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise ClusterError(f"{address}: no Dask scheduler answers: {error}") from error
    try:
        threads = sum(client.nthreads().values())
        if not threads:
            raise ClusterError(f"{address}: this cluster has no workers: start some")
        pool = ExecutorPool(
            lambda: client.get_executor(pure=False, retries=RETRIES),
            ahead=2 * threads + 2,
            check=_Watch(client, address),
        )
        try:
            yield pool
        finally:
            pool.shut_down()
    finally:
        client.close(timeout=5)


class _Watch:
    """Raises once the cluster is lost, or has been without workers for a while."""

    def __init__(self, client: Any, address: str) -> None:
        self._client = client
        self._address = address
        self._alone_since: float | None = None

    def __call__(self) -> None:
        if self._client.status != "running":
            raise ClusterError(f"{self._address}: lost the cluster; {RESUME}")
        if self._has_workers():
            self._alone_since = None
            return
        now = time.monotonic()
        self._alone_since = now if self._alone_since is None else self._alone_since
        if now - self._alone_since >= PATIENCE:
            raise ClusterError(
                f"{self._address}: all workers of the cluster are gone: start some; {RESUME}"
            )

    def _has_workers(self) -> bool:
        try:
            return bool(self._client.nthreads())
        except (OSError, TimeoutError):
            return False
