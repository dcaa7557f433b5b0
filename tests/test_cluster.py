"""A run over a real Dask scheduler and real worker processes, one of which is killed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from contextlib import ExitStack
from pathlib import Path
from typing import Any, ClassVar

import pytest
from stores import count_articles, read_target
from tiny import TinyLoader, make_articles

from newsextract.article import Article
from newsextract.batch import RunOptions, extract_over, run
from newsextract.parallel import cluster as cluster_module
from newsextract.parallel.cluster import ClusterError
from newsextract.parallel.pool import ExecutorPool

distributed = pytest.importorskip("distributed")

HERE = Path(__file__).parent
WORKERS = 2


class Cluster:
    """A scheduler and its workers, each a process of its own."""

    def __init__(self, address: str, workers: list[subprocess.Popen[str]]) -> None:
        self.address = address
        self.workers = workers


def start(stack: ExitStack, *words: str) -> subprocess.Popen[str]:
    """Start a part of the cluster, which ends with ``stack``."""
    paths = os.pathsep.join([str(HERE), *sys.path])
    process = subprocess.Popen(
        [sys.executable, "-m", "distributed.cli." + words[0], *words[1:]],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": paths},
    )
    stack.callback(process.wait)
    stack.callback(process.kill)
    return process


def read_address(process: subprocess.Popen[str]) -> str:
    """Return the address that a scheduler logs."""
    assert process.stderr is not None
    for line in process.stderr:
        if found := re.search(r"Scheduler at:\s+(tcp://127\.0\.0\.1:\d+)", line):
            return found[1]
    raise AssertionError("the scheduler did not start")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A scheduler with two workers of one thread."""
    with ExitStack() as stack:
        scheduler = start(
            stack, "dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"
        )
        address = read_address(scheduler)
        drain(scheduler)
        words = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--death-timeout", "60")
        workers = [start(stack, "dask_worker", address, *words) for _ in range(WORKERS)]
        for worker in workers:
            drain(worker)
        with distributed.Client(address) as client:
            client.wait_for_workers(WORKERS, timeout=60)
        yield Cluster(address, workers)


def drain(process: subprocess.Popen[str]) -> None:
    """Read what a process logs, so that it never waits for a reader."""
    assert process.stderr is not None
    threading.Thread(target=process.stderr.read, daemon=True).start()


def test_a_run_over_a_cluster(cluster: Cluster, tmp_path: Path) -> None:
    """The rows are those of a run in one process; articles that fail are named."""
    articles = [*make_articles(60), Article("FAIL", "bad")]
    there, here = str(tmp_path / "there.db"), str(tmp_path / "here.db")
    summary = run(articles, RunOptions(there, cluster=cluster.address), loader=TinyLoader())
    assert (summary.written, summary.failed) == (60, 1)
    run(articles, RunOptions(here), loader=TinyLoader())
    assert read_target(there) == read_target(here)


def test_the_executor_of_a_client(cluster: Cluster) -> None:
    """It works like any other executor."""
    with distributed.Client(cluster.address) as client:
        records = list(extract_over(client.get_executor(), make_articles(30), loader=TinyLoader()))
    assert [record.id for record in records] == [f"a{number}" for number in range(30)]


def test_no_scheduler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says so."""
    monkeypatch.setattr("newsextract.parallel.cluster._CONNECT_SECONDS", "1s")
    options = RunOptions(str(tmp_path / "out.db"), cluster="tcp://127.0.0.1:1")
    with pytest.raises(ClusterError, match="no Dask scheduler answers"):
        run(make_articles(1), options, loader=TinyLoader())


def test_workers_that_are_gone_are_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """After some patience, for a worker may come back."""

    class Client:
        status = "running"
        workers: ClassVar[list[dict[str, int]]] = [{}, {"tcp://a": 1}, {}, {}, {}]

        def nthreads(self) -> dict[str, int]:
            return self.workers.pop(0)

    times = iter([0.0, 30.0, 45.0, 51.0])
    monkeypatch.setattr("newsextract.parallel.cluster.time.monotonic", lambda: next(times))
    watch = cluster_module._Watch(Client(), "tcp://there")
    for _ in range(4):
        watch()
    with pytest.raises(ClusterError, match="all workers of the cluster are gone"):
        watch()


def test_waiting_asks_whether_the_executor_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work that never ends is not waited for where nobody works."""
    monkeypatch.setattr("newsextract.parallel.pool.WAIT_SECONDS", 0.01)

    class Idle(Executor):
        def submit(self, *args: object, **options: object) -> Future[Any]:
            return Future()

    def check() -> None:
        raise ClusterError("gone")

    pool = ExecutorPool(Idle, ahead=2, check=check)
    with pytest.raises(ClusterError, match="gone"):
        list(pool.map(lambda articles: [], [make_articles(1)]))


def test_a_worker_that_dies_loses_nothing(cluster: Cluster, tmp_path: Path) -> None:
    """Its articles are read by another one. (The last test: it leaves one worker.)"""
    target = str(tmp_path / "out.db")

    def kill_one() -> None:
        time.sleep(1.0)
        cluster.workers[0].send_signal(signal.SIGKILL)

    killer = threading.Thread(target=kill_one)
    killer.start()
    options = RunOptions(target, cluster=cluster.address, flush_seconds=0.0)
    summary = run(make_articles(300), options, loader=TinyLoader(0.01))
    killer.join()
    assert (summary.written, summary.failed) == (300, 0)
    assert count_articles(target) == 300
    assert cluster.workers[0].poll() is not None


def test_a_run_without_workers_stops(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last worker is killed; what was stored stays. (The very last test.)"""
    monkeypatch.setattr(cluster_module, "PATIENCE", 3.0)
    target = str(tmp_path / "out.db")

    stored = threading.Event()

    def kill_all() -> None:
        stored.wait(60)
        for worker in cluster.workers:
            worker.kill()

    killer = threading.Thread(target=kill_all)
    killer.start()
    options = RunOptions(target, cluster=cluster.address, flush_seconds=0.0)
    began = time.monotonic()
    with pytest.raises(ClusterError, match="all workers of the cluster are gone"):
        run(
            make_articles(5000),
            options,
            loader=TinyLoader(0.01),
            report=lambda summary: stored.set() if summary.written else None,
        )
    killer.join()
    assert time.monotonic() - began < 60
    assert 0 < count_articles(target) < 5000
