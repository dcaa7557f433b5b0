"""Atomic file writing: a crash leaves the old file or the new one, never a part."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from newsextract.errors import TargetError

TEMPORARY = ".new"


def write_beside(path: Path, write: Callable[[BinaryIO], object]) -> Path:
    """Write a file beside ``path``, safely on disk, and return its path."""
    beside = path.with_name(path.name + TEMPORARY)
    with beside.open("wb") as file:
        write(file)
        sync_file(file)
    return beside


def replace_file(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Replace ``path`` atomically: readers see the old file or the new one."""
    os.replace(write_beside(path, write), path)
    sync_folder(path.parent)


@contextmanager
def disk_errors(target: str) -> Iterator[None]:
    """Convert errors of writing files to messages about ``target``.

    Raises:
        TargetError: the disk is full, or the like.
    """
    try:
        yield
    except OSError as error:
        raise TargetError(
            f"{target}: {error}; once that is fixed, run the same command again to resume"
        ) from error


def sync_file(file: BinaryIO) -> None:
    """Sync ``file`` to disk."""
    file.flush()
    os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Sync renames in ``folder`` to disk, on systems where folders can be opened."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
