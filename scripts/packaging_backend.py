"""The PEP 517 build backend: meson-python for wheels and source archives, our own editable install.

meson-python's editable install runs ninja on every import: slow at each `fpcc` start, and unsafe when
several run at once. Ours is a wheel with one .pth file that points at the checkout; `make host` builds
the C part.
"""

from __future__ import annotations

import base64
import hashlib
import tomllib
import zipfile
from pathlib import Path

from mesonpy import (  # re-exported: the hooks a build front end looks for
    build_sdist,
    build_wheel,
    get_requires_for_build_sdist,
    get_requires_for_build_wheel,
)
from pyproject_metadata import StandardMetadata

__all__ = [
    "build_editable",
    "build_sdist",
    "build_wheel",
    "get_requires_for_build_sdist",
    "get_requires_for_build_wheel",
]

WHEEL_FILE = "Wheel-Version: 1.0\nGenerator: fastpaas\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def build_editable(
    wheel_directory: str,
    config_settings: dict[str, str] | None = None,
    metadata_directory: str | None = None,
) -> str:
    """Writes a wheel that puts this checkout on the module path; returns its file name (PEP 660)."""
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))
    metadata = StandardMetadata.from_pyproject(project, Path())
    stem = f"{metadata.name}-{metadata.version}"
    scripts = "".join(f"{name} = {target}\n" for name, target in metadata.scripts.items())
    contents = {
        f"{metadata.name}-checkout.pth": f"{Path.cwd()}\n",
        f"{stem}.dist-info/METADATA": str(metadata.as_rfc822()),
        f"{stem}.dist-info/WHEEL": WHEEL_FILE,
        f"{stem}.dist-info/entry_points.txt": f"[console_scripts]\n{scripts}",
    }
    wheel = f"{stem}-py3-none-any.whl"
    write_wheel(Path(wheel_directory) / wheel, contents, f"{stem}.dist-info/RECORD")
    return wheel


def write_wheel(path: Path, contents: dict[str, str], record: str) -> None:
    """Writes `contents` (archive name to text) and their RECORD of digests to the wheel `path`."""
    lines = []
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in contents.items():
            data = text.encode()
            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")
            lines.append(f"{name},sha256={digest},{len(data)}\n")
            archive.writestr(name, data)
        archive.writestr(record, "".join([*lines, f"{record},,\n"]))
