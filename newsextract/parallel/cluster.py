"""A Dask cluster as the workers of a run (extra ``cluster``)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from newsextract.errors import NewsextractError, import_extra
from newsextract.parallel.pool import ExecutorPool

RETRIES = 3
_CONNECT_SECONDS = "10s"


class ClusterError(NewsextractError):
    """The cluster cannot be reached, or was lost."""


@contextmanager
def open_cluster(address: str) -> Iterator[ExecutorPool]:
    """Give a pool over the workers of the Dask scheduler at ``address``.

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
            check=_check_of(client, address),
        )
        try:
            yield pool
        finally:
            pool.shut_down()
    finally:
        client.close(timeout=5)


def _check_of(client: Any, address: str) -> Callable[[], None]:
    """Return what raises once the cluster is lost."""

    def check() -> None:
        if client.status != "running":
            raise ClusterError(f"{address}: lost the cluster; the same command goes on from here")

    return check
