"""The part of a document between two markers that a script writes."""

from __future__ import annotations

from pathlib import Path


def fill_part(document: Path, name: str, part: str, *, check: bool = False) -> int:
    """Writes `part` between `<!-- NAME: begin -->` and `<!-- NAME: end -->`; the exit status.

    With `check` it only says, by status 1, that the document is not up to date.
    """
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    text = document.read_text(encoding="utf-8")
    before, rest = text.split(begin)
    wanted = f"{before}{begin}\n{part}{end}{rest.split(end)[1]}"
    if check:
        return int(text != wanted)
    document.write_text(wanted, encoding="utf-8")
    return 0
