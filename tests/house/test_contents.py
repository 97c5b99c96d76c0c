"""No file names a machine, a user's directory or a package registry; C files carry their licence."""

from __future__ import annotations

import re

import pytest

from tests.house.files import REPO, our_files, read

FORBIDDEN = {
    "a directory of one machine": r"(?<![\w./-])/(?:root|work|Users|home/\w+|mnt|opt/\w+|tmp/\w+)/",
    "a package registry": r"(?:pypi|pythonhosted|npmjs|crates|debian|ubuntu)\.(?:org|io|com|net)\b",
}
BINARY = frozenset(".pcap .png .bin .fpm .gz .so .o".split())
LICENCE = "SPDX-License-Identifier: Apache-2.0"


def find_forbidden(path: str, text: str) -> list[str]:
    """What `text` should not contain, as `file:line: what`."""
    return [
        f"{path}:{number}: {what}: {line.strip()[:100]}"
        for number, line in enumerate(text.splitlines(), 1)
        for what, pattern in FORBIDDEN.items()
        if re.search(pattern, line)
    ]


def test_no_file_names_a_machine_or_a_registry() -> None:
    paths = [path for path in our_files() if path.suffix not in BINARY]
    found = [problem for path in paths for problem in find_forbidden(str(path), read(path))]
    assert not found, "\n".join(found)


def test_no_binary_file_names_this_machine() -> None:
    binaries = [path for path in our_files() if path.suffix in BINARY]
    here = str(REPO).encode()
    assert [str(path) for path in binaries if here in (REPO / path).read_bytes()] == []


def test_every_c_file_begins_with_its_licence() -> None:
    paths = our_files("*.c", "*.h", "*.def", "*.S")
    assert [str(path) for path in paths if LICENCE not in read(path)[:200]] == []


def test_every_text_file_ends_with_a_newline() -> None:
    texts = [path for path in our_files() if path.suffix not in BINARY]
    assert [str(path) for path in texts if (text := read(path)) and not text.endswith("\n")] == []


SAMPLES = (
    "cd " + "/root" + "/project",
    "include = '" + "/home" + "/alice/include'",
    "https://" + "pypi" + ".org/simple",
    "deb http://deb." + "debian" + ".org/debian bookworm main",
)


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_forbidden_sample_is_found(sample: str) -> None:
    assert find_forbidden("sample", sample)
