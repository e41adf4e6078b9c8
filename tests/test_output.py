"""Writing files: as a whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from oppsummering.errors import OutputError
from oppsummering.output import write_file, write_folder

needs_unix = pytest.mark.skipif(os.name != "posix", reason="links, modes and devices of Unix")


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes, hidden ones included."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def fail(*_args: object) -> None:
    """Behave like a full disk."""
    raise OSError(28, "No space left on device")


def test_file_is_written_and_replaced(tmp_path: Path) -> None:
    """The new bytes stand alone in the folder."""
    target = tmp_path / "a.json"
    write_file(target, b"old")
    write_file(target, b"new")

    assert contents(tmp_path) == {"a.json": b"new"}


def test_a_read_only_file_stays(tmp_path: Path) -> None:
    """Whoever protected it meant it, though renaming would replace it."""
    target = tmp_path / "a.json"
    target.write_bytes(b"old")
    target.chmod(0o444)

    with pytest.raises(OutputError, match="read-only"):
        write_file(target, b"new")
    with pytest.raises(OutputError, match="read-only"):
        write_folder(tmp_path, {"b.json": b"new", "a.json": b"new"})
    assert contents(tmp_path) == {"a.json": b"old"}


def test_folder_is_made_and_its_other_files_stay(tmp_path: Path) -> None:
    """Only the files of the set are replaced."""
    folder = tmp_path / "out"
    assert write_folder(folder, {"a": b"1", "b": b"2"}) == (folder / "a", folder / "b")
    (folder / "notes").write_bytes(b"mine")
    write_folder(folder, {"a": b"3"})

    assert contents(folder) == {"a": b"3", "b": b"2", "notes": b"mine"}


def test_disk_error_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stood there is untouched and nothing half written remains."""
    target = tmp_path / "a.json"
    target.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", fail)

    with pytest.raises(OutputError, match=r"a\.json: .*No space left on device"):
        write_file(target, b"new")

    assert contents(tmp_path) == {"a.json": b"old"}


def test_disk_error_replaces_no_file_of_a_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A set fails before the first of its files is replaced."""
    write_folder(tmp_path, {"a": b"old", "b": b"old"})
    writes = iter([None, OSError(28, "No space left on device")])

    def second_fails(_file: int) -> None:
        error = next(writes)
        if error:
            raise error

    monkeypatch.setattr(os, "fsync", second_fails)

    with pytest.raises(OutputError):
        write_folder(tmp_path, {"a": b"new", "b": b"new"})

    assert contents(tmp_path) == {"a": b"old", "b": b"old"}


def test_folder_made_in_vain_is_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failed export leaves no empty folder."""
    monkeypatch.setattr(os, "fsync", fail)

    with pytest.raises(OutputError):
        write_folder(tmp_path / "out", {"a": b"new"})

    assert not (tmp_path / "out").exists()


def test_failed_rename_leaves_no_temporary_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also the last step cleans up behind itself."""
    monkeypatch.setattr(Path, "replace", fail)

    with pytest.raises(OutputError):
        write_file(tmp_path / "a", b"new")

    assert contents(tmp_path) == {}


@pytest.mark.parametrize("name", ["missing/a.json", "file/a.json"])
def test_missing_folder_is_named(tmp_path: Path, name: str) -> None:
    """A folder is not made behind the user's back for a single file."""
    (tmp_path / "file").touch()

    with pytest.raises(OutputError, match="does not exist"):
        write_file(tmp_path / name, b"")


def test_folder_needs_its_parent(tmp_path: Path) -> None:
    """Only the last folder of a path is made."""
    with pytest.raises(OutputError, match="does not exist"):
        write_folder(tmp_path / "missing" / "out", {"a": b""})


def test_file_is_no_folder(tmp_path: Path) -> None:
    """A set of files cannot go into a file."""
    (tmp_path / "a").touch()

    with pytest.raises(OutputError, match="not a folder"):
        write_folder(tmp_path / "a", {"b": b""})


def test_folder_is_no_file(tmp_path: Path) -> None:
    """A single file cannot replace a folder, neither alone nor in a set."""
    (tmp_path / "a").mkdir()

    with pytest.raises(OutputError, match="not a file"):
        write_file(tmp_path / "a", b"")
    with pytest.raises(OutputError, match="not a file"):
        write_folder(tmp_path, {"b": b"", "a": b""})

    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_input_is_never_overwritten(tmp_path: Path) -> None:
    """The survey itself is no target, whatever the path looks like."""
    survey = tmp_path / "survey.txt"
    survey.write_bytes(b"survey")

    with pytest.raises(OutputError, match="read as input"):
        write_file(tmp_path / "." / "survey.txt", b"x", inputs=[tmp_path / "gone", survey])
    with pytest.raises(OutputError, match="read as input"):
        write_folder(tmp_path, {"survey.txt": b"x"}, inputs=[survey])

    assert contents(tmp_path) == {"survey.txt": b"survey"}


def test_name_that_is_too_long_is_an_error_for_the_user(tmp_path: Path) -> None:
    """The system's reason is passed on without a traceback."""
    with pytest.raises(OutputError, match="cannot be written"):
        write_file(tmp_path / ("a" * 300), b"")
    with pytest.raises(OutputError, match="cannot be written"):
        write_folder(tmp_path / ("a" * 300), {"a": b""})


@needs_unix
def test_mode_of_the_old_file_is_kept(tmp_path: Path) -> None:
    """A private file stays private, a new one follows the umask."""
    target = tmp_path / "a"
    target.touch(mode=0o600)
    write_file(target, b"x")
    write_file(tmp_path / "b", b"x")
    (tmp_path / "c").touch()

    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert (tmp_path / "b").stat().st_mode == (tmp_path / "c").stat().st_mode


@needs_unix
def test_link_is_followed(tmp_path: Path) -> None:
    """The file behind a link is replaced, the link stays."""
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real")
    write_file(tmp_path / "link", b"new")

    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


@needs_unix
def test_device_is_written_to(tmp_path: Path) -> None:
    """A device is no file to be replaced; a full one is an error for the user."""
    write_file(Path(os.devnull), b"x")

    assert not Path(os.devnull).is_file()
    if Path("/dev/full").exists():
        with pytest.raises(OutputError, match="No space left"):
            write_file(Path("/dev/full"), b"x")
    assert contents(tmp_path) == {}
