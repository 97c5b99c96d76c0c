"""Compares what a module's manifest claims with what the file holds. Each disagreement is one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fpcc.abi import abi
from fpcc.errors import InputError
from fpcc.manifest import SourceDigest, count_guards
from fpcc.module_file import ModuleFile
from fpcc.protection import HOST_VARIABLES


def find_disagreements(module: ModuleFile) -> tuple[str, ...]:
    """What a reader of the manifest would get wrong; empty for what fpcc built."""
    return (*_check_abi(module), *_check_symbols(module), *_check_decisions(module))


def _check_abi(module: ModuleFile) -> Iterator[str]:
    ours = abi().number("FP_ABI_VERSION")
    if module.manifest.abi != ours:
        yield f"built for ABI version {module.manifest.abi}; this fpcc and its host speak version {ours}"


def _check_symbols(module: ModuleFile) -> Iterator[str]:
    imports = set(module.layout.imports) - {abi().text(name) for name in HOST_VARIABLES}
    claimed = set(module.manifest.imports)
    yield from _list(imports - claimed, "imported, but not in the manifest")
    yield from _list(claimed - imports, "in the manifest's imports, but not imported")
    yield from _list(imports - set(abi().imports), "imported, but not offered by any host")
    yield from _list(
        set(module.manifest.entry_points) - set(module.layout.exports), "an entry point, but not defined"
    )


def _check_decisions(module: ModuleFile) -> Iterator[str]:
    if module.packed_decisions is None:
        return
    try:
        decisions = module.decisions()
    except InputError as error:
        yield str(error)
        return
    manifest = module.manifest
    for name, claimed, held in (
        ("name", manifest.name, decisions.nf),
        ("mode", manifest.mode, decisions.mode),
        ("lowering", manifest.lowering, decisions.lowering),
    ):
        if claimed != held:
            yield f"{name}: the manifest says {claimed!r}, the embedded decisions {held!r}"
    if manifest.guards != count_guards(decisions):
        yield "the guard counts of the manifest are not those of the embedded decisions"
    if set(manifest.sources) != {SourceDigest(source.path, source.sha256) for source in decisions.sources}:
        yield "the sources of the manifest are not those of the embedded decisions"


def _list(names: Iterable[str], what: str) -> Iterator[str]:
    return (f"{name}: {what}" for name in sorted(names))
