"""fpcc as the users of a realm: by a connection of the user's, or as a process of the user's."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fpcc.control.client import ControlClient, Json
from tests.conftest import REPO
from tests.graph.serving import FPCC
from tests.host.access.users import acting_as

# Other users may not be able to read this checkout and its Python; they get just that.
_LEND = ("--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search")


class ClientOf(ControlClient):
    """The control socket as a user; files are read as who runs the tests."""

    def __init__(self, uid: int, path: Path) -> None:
        super().__init__(path)
        self.uid = uid

    def ask(self, request: Json, files: Sequence[int] = ()) -> Json:
        with acting_as(self.uid):
            return super().ask(request, files)


@dataclass(frozen=True)
class Person:
    """A user who types commands."""

    uid: int
    control: Path
    home: Path

    def ctl(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        user = ("setpriv", f"--reuid={self.uid}", f"--regid={self.uid}", "--clear-groups", *_LEND)
        command = [*user, str(FPCC), "ctl", "--control", str(self.control), *map(str, words)]
        env = {"PATH": f"{FPCC.parent}:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": str(self.home)}
        return subprocess.run(command, cwd=REPO, env=env, capture_output=True, text=True, check=False)
