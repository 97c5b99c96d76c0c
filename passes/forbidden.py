"""What a module must not contain, whatever calls it makes (those: calls.py)."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from passes.ir.locations import LocationReader
from passes.ir.module import Module
from passes.model import Location, Refusal, RefusedError


def refuse_file_assembly(text: str) -> None:
    """Raises RefusedError if a module has assembly outside functions."""
    if "\nmodule asm " in text:
        raise RefusedError(
            [Refusal(Location(), "", "assembly at file scope is not allowed", "write it in C")]
        )


def find_refusals(module: Module, taken: set[str], reserved: Collection[str]) -> list[Refusal]:
    """Everything outside calls that the module must not contain.

    `taken` are names used as addresses, `reserved` names that guarded code gives to things of the host.
    """
    locations = LocationReader(module)
    found = [
        Refusal(
            locations.locate_function(f), f.name[1:], f"the name `{f.name[1:]}` is the host's", "rename it"
        )
        for f in module.functions.values()
        if _is_reserved(f.name, reserved)
    ]
    found += [
        _refuse(f"the name `{name[1:]}` is the host's", "rename it")
        for name, variable in module.globals.items()
        if variable.initializer is not None and _is_reserved(name, reserved)
    ]
    for name, variable in module.globals.items():
        if name in ("@llvm.global_ctors", "@llvm.global_dtors"):
            found.append(
                _refuse("constructors and destructors are not allowed", "call the code from init() or fini()")
            )
        elif "thread_local" in " ".join(variable.linkage):
            found.append(_refuse(f"`{name[1:]}` is thread-local", "use an ordinary variable"))
        elif variable.initializer is None and name in taken:
            found.append(_refuse(f"the variable `{name[1:]}` is declared, but not defined", "define it"))
    for name in sorted(taken):
        if name in module.declarations and not name.startswith("@llvm."):
            found.append(
                _refuse(
                    f"the address of the host's `{name[1:]}` is taken", "wrap it in a function of your own"
                )
            )
    for function in module.functions.values():
        if function.variadic:
            location = locations.locate_function(function)
            found.append(Refusal(location, function.name[1:], "a variadic function was left over", ""))
    return found


def find_wrong_entry_points(module: Module, trusted: Mapping[str, frozenset[int]]) -> list[Refusal]:
    """Entry points with other parameters than the host hands in: they would be what it left in registers."""
    locations = LocationReader(module)
    reason = "the host does not call a function of this type"
    functions = [module.functions[f"@{n}"] for n in trusted if f"@{n}" in module.functions]
    return [
        Refusal(locations.locate_function(f), f.name[1:], reason, "")
        for f in functions
        if [p.type.text for p in f.parameters] != ["ptr"] * len(trusted[f.name[1:]])
    ]


def _is_reserved(name: str, reserved: Collection[str]) -> bool:
    return name[1:] in reserved or name.strip('@"').startswith("fp.")


def _refuse(reason: str, hint: str) -> Refusal:
    return Refusal(Location(), "", reason, hint)
