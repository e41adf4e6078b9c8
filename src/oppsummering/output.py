"""Writing files so that nothing is ever half written."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import stat
from typing import TYPE_CHECKING

from oppsummering.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path


_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


def write_file(target: Path, data: bytes, *, inputs: Iterable[Path] = ()) -> None:
    """Write a file; an existing one is replaced only as a whole.

    Args:
        target: The file. Its folder must exist. A link is followed; a device such as
            `/dev/stdout` or a pipe is written to directly.
        data: All of its bytes.
        inputs: Files that must not be overwritten, because they were read.

    Raises:
        OutputError: The target is a directory or an input, its folder is missing, or the
            system refuses; what stood there before is untouched.
    """
    with _telling(target):
        _refuse_directory(target)
        _refuse_inputs(target, inputs)
        _refuse_protected(target)
        if target.exists() and not target.is_file():
            target.write_bytes(data)
            return
        _require_folder(target.parent)
        _replace({_followed(target): data})


def write_folder(
    folder: Path, files: Mapping[str, bytes], *, inputs: Iterable[Path] = ()
) -> tuple[Path, ...]:
    """Write a set of files into a folder; none is replaced before all are safely on disk.

    Args:
        folder: The folder; it is made when it is missing, its parent is not.
        files: The bytes of each file by its name. Other files in the folder stay.
        inputs: Files that must not be overwritten, because they were read.

    Returns:
        The files in the order given.

    Raises:
        OutputError: The folder is a file or cannot be made, a name is taken by a directory or
            an input, or the system refuses.
    """
    inputs = tuple(inputs)
    targets = {folder / name: data for name, data in files.items()}
    with _telling(folder):
        made = _make(folder)
    try:
        with _telling(folder):
            for target in targets:
                _refuse_directory(target)
                _refuse_inputs(target, inputs)
                _refuse_protected(target)
            _replace({_followed(target): data for target, data in targets.items()})
    except OutputError:
        if made:
            with contextlib.suppress(OSError):  # not empty: some files were already in place
                folder.rmdir()
        raise
    return tuple(targets)


def _make(folder: Path) -> bool:
    """Make a folder that is missing; say whether it was."""
    if folder.is_dir():
        return False
    if folder.exists():
        raise OutputError("This is a file, not a folder.", path=folder, hint="Name a folder.")
    _require_folder(folder.parent)
    folder.mkdir()
    return True


def _refuse_directory(target: Path) -> None:
    if target.is_dir():
        raise OutputError("This is a folder, not a file.", path=target, hint="Name a file.")


def _refuse_inputs(target: Path, inputs: Iterable[Path]) -> None:
    for each in inputs:
        if target.exists() and each.exists() and target.samefile(each):
            raise OutputError(
                "This file was read as input and is not overwritten.",
                path=target,
                hint="Choose another name for the output.",
            )


def _refuse_protected(target: Path) -> None:
    """Leave a read-only file alone, which renaming would replace all the same."""
    if target.is_file() and not target.stat().st_mode & _WRITABLE:
        raise OutputError(
            "This file is read-only and is not overwritten.",
            path=target,
            hint="Choose another place with --output, or make this one writable.",
        )


def _require_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise OutputError("This folder does not exist.", path=folder, hint="Make it first.")


def _followed(target: Path) -> Path:
    """The file itself where the target is a link to it, so that the link stays."""
    return target.resolve() if target.is_symlink() else target


def _replace(files: Mapping[Path, bytes]) -> None:
    """Write every file beside its target, then put all of them in place."""
    written: list[tuple[Path, Path]] = []
    try:
        for target, data in files.items():
            with _telling(target):
                temporary = _temporary(target)
                written.append((temporary, target))
                _write(temporary, data, like=target)
        for temporary, target in written:
            with _telling(target):
                temporary.replace(target)
    finally:
        for temporary, _target in written:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


def _temporary(target: Path) -> Path:
    """A name in the target's folder that nobody else uses."""
    return target.with_name(f".oppsummering-{secrets.token_hex(8)}.tmp")


def _write(temporary: Path, data: bytes, *, like: Path) -> None:
    with temporary.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if like.exists():
        shutil.copymode(like, temporary)


@contextlib.contextmanager
def _telling(path: Path) -> Iterator[None]:
    """Turn an error of the system into one for the user."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(
            f"The file cannot be written: {reason}.",
            path=path,
            hint="Choose another place with --output, or make this one writable.",
        ) from error
