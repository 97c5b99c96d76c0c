"""What an NF prints reaches the log line by line; what it cannot survive is logged before the trap."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable

import pytest

from tests.module.built_library import Library

ERROR, WARNING, INFO = "012"
ABORT_STATUS = 77


def stream(library: Library, name: str) -> ctypes.c_void_p:
    return ctypes.c_void_p.in_dll(library, name)


def test_a_line_is_logged_when_it_ends(ours: Library) -> None:
    ours.printf(b"%d packets", ctypes.c_int(7))
    assert ours.log() == []
    ours.printf(b" seen\nnext")
    assert ours.log() == [f"{INFO} 7 packets seen"]
    assert ours.puts(b" line") >= 0
    assert ours.log() == [f"{INFO} next line"]


def test_stderr_is_a_warning_and_has_its_own_line(ours: Library) -> None:
    ours.printf(b"half ")
    ours.fprintf(stream(ours, "stderr"), b"bad %s\n", b"packet")
    assert ours.log() == [f"{WARNING} bad packet"]
    ours.fputs(b"whole\n", stream(ours, "stdout"))
    assert ours.log() == [f"{INFO} half whole"]


def test_characters_blocks_and_flush(ours: Library) -> None:
    for c in b"ab":
        assert ours.putchar(c) == c
    assert ours.fputc(ord("c"), stream(ours, "stdout")) == ord("c")
    ours.fwrite.restype = ctypes.c_size_t
    size = ctypes.c_size_t
    assert ours.fwrite(b"defgh", size(2), size(2), stream(ours, "stdout")) == 2
    assert ours.fflush(None) == 0
    assert ours.log() == [f"{INFO} abcdefg"]
    ours.fflush(stream(ours, "stdout"))
    assert ours.log() == []


def test_a_line_longer_than_the_log_keeps_is_several(ours: Library) -> None:
    ours.puts(b"x" * 2500)
    assert [len(line) - 2 for line in ours.log()] == [1024, 1024, 452]


def test_logf(ours: Library) -> None:
    ours.fp_logf(ctypes.c_int(1), b"%s: %5.2f", b"load", ctypes.c_double(0.987))
    ours.fp_logf(ctypes.c_int(2), b"%2000d", ctypes.c_int(1))
    first, second = ours.log()
    assert first == f"{WARNING} load:  0.99"
    assert len(second) - 2 == 1023


def end_of(run: Callable[[], object]) -> tuple[int, list[str]]:
    """Runs in a child process: its exit status, and the log if it aborted."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.dup2(writer, 2)
        run()
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        log = pipe.read().splitlines()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), log


def test_abort_logs_pending_lines_first(ours: Library) -> None:
    ours.log()

    def run() -> None:
        ours.printf(b"about to")
        ours.abort()

    assert end_of(run) == (ABORT_STATUS, [f"{INFO} about to", f"{ERROR} abort() was called"])


def test_a_failed_assertion_says_where(ours: Library) -> None:
    status, log = end_of(lambda: ours.__getattr__("__assert_fail")(b"x > 0", b"nf.c", 120, b"process"))
    assert (status, log) == (ABORT_STATUS, [f"{ERROR} nf.c:120: process: assertion failed: x > 0"])
    status, log = end_of(lambda: ours.__getattr__("__assert_fail")(b"y" * 9000, b"nf.c", 0, b"f"))
    assert status == ABORT_STATUS
    assert log[0].startswith(f"{ERROR} nf.c:0: f: assertion failed: yyyyyyy")


@pytest.mark.parametrize("text", ["%n", "%hhn", "%Lf", "%ls", "%lc", "%1$d", "%y", "%", "%5"])
def test_a_conversion_that_is_not_offered_traps(ours: Library, text: str) -> None:
    buffer = ctypes.create_string_buffer(100)
    value = ctypes.c_int64(1)
    size = ctypes.c_size_t(100)
    status, log = end_of(lambda: ours.snprintf(buffer, size, text.encode(), ctypes.byref(value)))
    assert status == ABORT_STATUS
    assert log[0].startswith(f"{ERROR} printf: a conversion that ends in ")
