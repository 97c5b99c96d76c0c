"""Sends one request to a host's control socket, prints the reply: ask.py SOCKET REQUEST.json [MODULE.fpm...]

Needs nothing but Python, so that every user can run it. The modules go along as sealed files, 0, 1, ...;
the status is 0 if the host did what it was asked for.
"""

from __future__ import annotations

import fcntl
import os
import socket
import sys
from contextlib import suppress
from pathlib import Path

SEALS = fcntl.F_SEAL_WRITE | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_SEAL


def seal(path: str) -> int:
    """The file's bytes in memory, never to be changed."""
    fd = os.memfd_create("module", os.MFD_ALLOW_SEALING)
    os.write(fd, Path(path).read_bytes())
    fcntl.fcntl(fd, fcntl.F_ADD_SEALS, SEALS)
    return fd


def ask(control: str, request: str, modules: list[str]) -> bytes:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(control)
        with suppress(BrokenPipeError):  # a user without rights is answered before it has asked
            socket.send_fds(connection, [Path(request).read_bytes()], [seal(path) for path in modules])
            connection.shutdown(socket.SHUT_WR)
        return connection.makefile("rb").readline()


if __name__ == "__main__":
    reply = ask(sys.argv[1], sys.argv[2], sys.argv[3:])
    print(reply.decode())
    sys.exit(not reply.startswith(b'{"ok":true'))
