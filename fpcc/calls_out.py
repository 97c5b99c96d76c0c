"""Names a module leaves undefined: each must be the host's to give, or the build ends here."""

from __future__ import annotations

from collections.abc import Iterable

from fpcc.errors import InputError, SourceError, SourceErrors
from fpcc.frontend import Facts
from fpcc.protection import HOST_VARIABLES, allowed_imports
from passes.modes import Mode

_HINT = "define it, or leave it out; docs/libc.md lists the C functions a module may call"


def refuse_undefined(names: Iterable[str], mode: Mode, facts: Facts) -> tuple[str, ...]:
    """The host symbols among `names`, sorted. Raises SourceErrors or InputError for any other name."""
    from fpcc.abi import abi

    own = {abi().text(name) for name in HOST_VARIABLES} | {"__ehdr_start"}
    offered = set(allowed_imports(mode))
    wanted = set(names) - own
    refused = sorted(wanted - offered)
    if refused:
        raise _explain(refused, facts)
    return tuple(sorted(wanted & offered))


def _explain(refused: list[str], facts: Facts) -> SourceErrors | InputError:
    errors = []
    for name in refused:
        reason = f"`{name}` is neither defined in the sources nor offered to modules"
        places = facts.calls.get(name, ())
        if not places:
            return InputError(f"{reason}: {_HINT}")
        errors.append(
            SourceError(places[0], reason, _HINT, source_line(facts, places[0].file, places[0].line))
        )
    return SourceErrors(tuple(errors))


def source_line(facts: Facts, file: str, line: int) -> str:
    """A line of one of the NF's own files, "" if it is another file's."""
    for source in facts.sources:
        lines = source.text.splitlines()
        if source.path == file and 0 < line <= len(lines):
            return lines[line - 1]
    return ""
