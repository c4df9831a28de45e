"""Files read with care, and written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import math
import os
import secrets
import stat
from pathlib import Path

from engine.errors import InputError, Wording, clipped

LARGEST_FILE = 64_000_000
"""Bytes. The largest scenario there can be takes 20 million."""


def _problem(code: str, path: Path, error: Exception) -> InputError:
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return InputError(code, clipped(path.name, 48), reason=clipped(reason, 150))


def check_size(size: int, name: str) -> None:
    """InputError if a file of so many bytes is more than a scenario can have."""
    if size > LARGEST_FILE:
        found, limit = math.ceil(size / 1e6), LARGEST_FILE // 10**6
        raise InputError("file_too_large", name, found=found, limit=limit)


def _check_regular(mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise OSError(errno.EISDIR, Wording("is_folder"))
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, Wording("not_regular"))


def read_text(path: Path) -> str:
    """The text in a file.

    Raises InputError if it can't be read (see `read_bytes`) or is not UTF-8.
    """
    data = read_bytes(path)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        place = f"{clipped(path.name, 48)}, line {line}"
        raise InputError("not_text", place, position=error.start + 1) from None


def read_bytes(path: Path) -> bytes:
    """What stands in a file.

    Raises InputError if it is not a regular file (a pipe would block, a device never
    end) or too large.
    """
    name = clipped(path.name, 48)
    try:
        status = path.stat()
        _check_regular(status.st_mode)
        check_size(status.st_size, name)
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except InputError:
        raise
    except (OSError, ValueError) as error:
        raise _problem("file_unreadable", path, error) from None
    check_size(len(data), name)
    return data


def write_text(path: Path, text: str) -> None:
    """Put the text into the file, whole or not at all: see `write_bytes`."""
    try:
        data = text.encode("utf-8")
    except ValueError as error:
        raise _problem("file_unwritable", path, error) from None
    write_bytes(path, data)


def write_bytes(path: Path, data: bytes) -> None:
    """Put the bytes into the file; a crash at any moment leaves the old file or the new one.

    Links are followed, permissions stay. Raises InputError if it can't be done.
    """
    try:
        _replace(Path(os.path.realpath(path)), data)
    except (OSError, ValueError) as error:
        raise _problem("file_unwritable", path, error) from None


def _replace(target: Path, data: bytes) -> None:
    mode = _mode(target)
    temporary = target.with_name(f".{secrets.token_hex(8)}.tmp")
    opened = temporary.open("xb")
    try:
        with opened as file:
            file.write(data)
            file.flush()
            # Without this the name may reach the disk before the contents do.
            os.fsync(file.fileno())
        if mode is not None:
            temporary.chmod(mode)
        temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    if os.name == "posix":
        _sync_folder(target.parent)


def _mode(target: Path) -> int | None:
    """The permissions of the file that is to be replaced; None if there is none yet."""
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return None
    _check_regular(mode)
    # Replacing needs a writable folder only: without this, write protection would be ignored.
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, Wording("is_protected"))
    return stat.S_IMODE(mode)


def _sync_folder(folder: Path) -> None:
    """Bring the new name to the disk, where the file system can do that for a folder."""
    try:
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES}:
            raise
