"""A lock for one run per target, released by the system when its process ends."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

from newsextract.errors import TargetError

PATIENCE = 2.0
_STEP = 0.05


class FileLock:
    """Holds ``path`` locked while open; released at once if the process is killed.

    Raises:
        TargetError: another process holds it, for longer than a dying one would; or the folder
            cannot be written.
    """

    def __init__(self, path: Path, target: str) -> None:
        self._path = path
        self._file: IO[bytes] | None = _open_locked(path, target)

    def close(self) -> None:
        """Release the lock and remove its file."""
        if self._file is None:
            return
        if os.name == "nt":  # which does not remove an open file
            self._file.close()
            with suppress(OSError):
                self._path.unlink()
        else:
            self._path.unlink(missing_ok=True)
            self._file.close()
        self._file = None


def _open_locked(path: Path, target: str) -> IO[bytes]:
    """Return the locked lock file; retry if it was removed meanwhile."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            file = path.open("ab")
        except OSError as error:
            raise TargetError(f"{target}: cannot be written: {error}") from error
        if _try_lock(file):
            if _is_still_there(file, path):
                return file
        elif time.monotonic() > deadline:
            file.close()
            raise TargetError(in_use(target))
        else:
            time.sleep(_STEP)
        file.close()


def in_use(target: str) -> str:
    """Return the message that another run writes to ``target``."""
    return f"{target}: another run is writing to it: wait for it, or choose another target"


def _is_still_there(file: IO[bytes], path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


def _try_lock(file: IO[bytes]) -> bool:
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
