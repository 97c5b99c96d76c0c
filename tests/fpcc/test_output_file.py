"""Files that fpcc writes: whole or not at all, where and as the user has them."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from threading import Event, Thread

import pytest

from fpcc.errors import InputError
from fpcc.output_file import write_output


def test_a_reader_never_sees_part_of_a_file(tmp_path: Path) -> None:
    path, contents, done = tmp_path / "nf.fpm", (b"old" * 300_000, b"new!" * 300_000), Event()

    def write() -> None:
        for turn in range(200):
            write_output(path, contents[turn % 2])
        done.set()

    write_output(path, contents[1])
    writer = Thread(target=write)
    writer.start()
    while not done.is_set():
        assert path.read_bytes() in contents
    writer.join()
    assert [file.name for file in tmp_path.iterdir()] == ["nf.fpm"]


def test_a_link_stays_one_and_rights_stay(tmp_path: Path) -> None:
    path, link = tmp_path / "nf.fpm", tmp_path / "link.fpm"
    path.write_bytes(b"old")
    path.chmod(0o640)
    link.symlink_to(path.name)
    write_output(link, b"new")
    assert link.is_symlink()
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_what_standard_output_leads_to_is_written_to(tmp_path: Path) -> None:
    with (tmp_path / "log").open("w+b") as log:
        path = Path(f"/proc/self/fd/{log.fileno()}")
        write_output(path, b"module")
        assert log.read() == b"module"
    assert [file.name for file in tmp_path.iterdir()] == ["log"]


def test_both_names_of_a_file_show_what_was_written(tmp_path: Path) -> None:
    path, other = tmp_path / "nf.fpm", tmp_path / "other.fpm"
    path.write_bytes(b"old")
    other.hardlink_to(path)
    write_output(path, b"new")
    assert other.read_bytes() == b"new"


def test_writers_side_by_side_leave_one_whole_file(tmp_path: Path) -> None:
    path, contents = tmp_path / "nf.fpm", [bytes([number]) * 100_000 for number in range(4)]

    def write(data: bytes) -> None:
        for _ in range(50):
            write_output(path, data)

    writers = [Thread(target=write, args=(data,)) for data in contents]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert path.read_bytes() in contents
    assert [file.name for file in tmp_path.iterdir()] == ["nf.fpm"]


def test_a_new_file_has_the_rights_of_any(tmp_path: Path) -> None:
    (tmp_path / "any").write_bytes(b"")
    write_output(tmp_path / "nf.fpm", b"new")
    assert (tmp_path / "nf.fpm").stat().st_mode == (tmp_path / "any").stat().st_mode


def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_output(pipe, b"module")
    assert os.read(reader, 100) == b"module"
    assert pipe.is_fifo()
    os.close(reader)


@pytest.mark.parametrize("where", ["missing/nf.fpm", "file/nf.fpm", "", "file"])
def test_what_cannot_be_written_says_so_and_leaves_nothing(where: str, tmp_path: Path) -> None:
    if where == "file":
        (tmp_path / "file").symlink_to("file")  # to itself
    else:
        (tmp_path / "file").write_bytes(b"")
    with pytest.raises(InputError, match="cannot be written"):
        write_output(tmp_path / where, b"module")
    assert [file.name for file in tmp_path.iterdir()] == ["file"]
