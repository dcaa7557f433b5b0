"""Worker processes that end when their parent does, however it ends."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import wait
from multiprocessing.context import SpawnContext, SpawnProcess
from typing import Any

_PATIENCE = 1.0


class WorkerProcesses(ProcessPoolExecutor):
    """Fresh processes that inherit no locks, files or threads."""

    def __init__(self, workers: int) -> None:
        self._spawned = _TrackedContext()
        super().__init__(workers, mp_context=self._spawned, initializer=_prepare_worker)

    def kill(self) -> None:
        """End all of them at once, whatever they are doing."""
        self.shutdown(wait=False, cancel_futures=True)
        self._let_go_of_cancelled()
        for process in self._spawned.processes:
            if process.is_alive():
                process.kill()

    def _let_go_of_cancelled(self) -> None:
        """Wait until the pool's manager thread has dropped the cancelled work.

        Otherwise, before Python 3.12, it fails with a traceback when the processes end.
        """
        deadline = time.monotonic() + _PATIENCE
        while getattr(self, "_cancel_pending_futures", False) and time.monotonic() < deadline:
            time.sleep(0.002)


class _TrackedContext(SpawnContext):
    """Remembers the processes it has started."""

    def __init__(self) -> None:
        super().__init__()
        self.processes: list[SpawnProcess] = []

    def Process(self, *args: Any, **options: Any) -> SpawnProcess:  # type: ignore[override]
        process = _QuietProcess(*args, **options)
        self.processes.append(process)
        return process


class _QuietProcess(SpawnProcess):
    """A process that never sees an interrupt: it starts with the signal blocked."""

    def start(self) -> None:
        with _interrupts_blocked():
            super().start()


@contextmanager
def _interrupts_blocked() -> Iterator[None]:
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _prepare_worker() -> None:
    """Leave interrupts to the parent, and exit when it dies."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
