"""Reading files that may be endless."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def read_bounded(path: Path, most: int) -> bytes | None:
    """Read a file unless it is too large; a device such as `/dev/zero` has no end.

    Args:
        path: The file.
        most: How many bytes it may hold.

    Returns:
        All of its bytes; None when there are more.

    Raises:
        OSError: The file cannot be read.
    """
    with path.open("rb") as stream:
        data = stream.read(most + 1)
    return data if len(data) <= most else None
