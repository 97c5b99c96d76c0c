"""Where fpcc finds its parts, in a checkout and installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from fpcc.errors import InputError
from fpcc.paths import find_layout, host_program, include_dir, module_dir


def test_the_checkout_holds_headers_and_module_library(repo: Path) -> None:
    assert (include_dir() / "fastpaas/abi.h").is_file()
    assert module_dir() == repo / "runtime/module"
    assert host_program() == repo / "build/host/runtime/fphost"


def test_an_installed_package_brings_its_own(tmp_path: Path) -> None:
    package = tmp_path / "site packages/fpcc"
    (package / "runtime/include").mkdir(parents=True)
    layout = find_layout(package)
    assert layout.include == package / "runtime/include"
    assert layout.module == package / "runtime/module"
    assert layout.fphost == package / "runtime/fphost"


def test_a_host_that_is_not_built_is_explained(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="make host"):
        host_program(find_layout(tmp_path / "fpcc"))
