"""The door of the passes: an optimised module in, the protected module and every decision out.

The order of the passes is the body of `protect_module`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from passes.analysis.guards import plan_function
from passes.analysis.locals import NativeLimits
from passes.analysis.plan import FunctionPlan, Policy
from passes.calls import Calls, call_signature
from passes.dispatch import Dispatcher, address_taken, dispatch_function, host_called
from passes.ir.layout import lay_out_body
from passes.ir.locations import LocationReader
from passes.ir.module import GlobalVariable, Module, read_module
from passes.lower.lowering import Lowering
from passes.model import Refusal, RefusedError
from passes.modes import Mode
from passes.normalise import define_text
from passes.rewrite import UNLIKELY, FunctionWriter
from passes.stack import StackNames, runtime_functions


@dataclass(frozen=True)
class Protection:
    """What a build asks for. Numbers and names come from abi.h; `trusted` maps entry points to the
    positions of parameters that the host hands in."""

    mode: Mode
    lowering: Lowering
    imports: frozenset[str]
    trusted: Mapping[str, frozenset[int]]
    traps: Mapping[str, int]
    stack: StackNames
    zone: int
    most_native: int
    cpu: str


@dataclass(frozen=True)
class Protected:
    """The protected module and the plans it was made from."""

    text: str
    module: Module
    plans: tuple[FunctionPlan, ...]


def protect_module(
    text: str, protection: Protection, insisted: frozenset[tuple[str, str]] = frozenset()
) -> Protected:
    """Protects a module; accesses through `insisted` (function, pointer) get guards of their own. Raises RefusedError with all reasons, IRSyntaxError for IR this version does not know."""
    module = read_module(text)
    taken = address_taken(module)
    policy = _make_policy(module, protection, insisted)
    plans = _plan(module, policy)
    if not protection.mode.hardened:
        return Protected(text, module, tuple(plans))
    refusals = _refuse_module(module, taken, protection)
    lines = _write(module, plans, taken, protection, refusals)
    if refusals:
        raise RefusedError(refusals)
    return Protected("\n".join(lines) + "\n", module, tuple(plans))


def _make_policy(module: Module, protection: Protection, insisted: frozenset[tuple[str, str]]) -> Policy:
    objects = {n: g.type.alloc_size for n, g in module.globals.items() if g.initializer is not None}
    trusted = {
        name: frozenset(module.functions[name].parameters[i].text for i in positions)
        for name, positions in host_called(module, protection.trusted).items()
    }
    cleared = protection.mode.zeroed
    native = NativeLimits(protection.most_native, cleared or protection.most_native, cleared=bool(cleared))
    return Policy(protection.mode.guarded, protection.zone, native, objects, trusted, insisted)


def _plan(module: Module, policy: Policy) -> list[FunctionPlan]:
    plans: list[FunctionPlan] = []
    guards = 0
    for function in module.functions.values():
        plans.append(plan_function(function, policy, guards))
        guards += len(plans[-1].guards)
    return plans


def _refuse_module(module: Module, taken: set[str], protection: Protection) -> list[Refusal]:
    locations = LocationReader(module)
    found = []
    for name, variable in module.globals.items():
        if name in ("@llvm.global_ctors", "@llvm.global_dtors"):
            found.append(
                _refuse("constructors and destructors are not allowed", "call the code from init() or fini()")
            )
        elif "thread_local" in " ".join(variable.linkage):
            found.append(_refuse(f"`{name[1:]}` is thread-local", "use an ordinary variable"))
        elif variable.initializer is None and name in _used_names(module):
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


def _used_names(module: Module) -> set[str]:
    return address_taken(module)


def _refuse(reason: str, hint: str) -> Refusal:
    from passes.model import Location

    return Refusal(Location(), "", reason, hint)


def _write(
    module: Module,
    plans: list[FunctionPlan],
    taken: set[str],
    protection: Protection,
    refusals: list[Refusal],
) -> list[str]:
    calls = Calls(module, protection.imports, protection.traps)
    locations = LocationReader(module)
    body: list[str] = []
    dynamic = False
    for plan in plans:
        writer = FunctionWriter(plan, calls, protection.lowering, protection.stack, locations, refusals)
        body += writer.write(exported=plan.function.name[1:] in protection.trusted)
        dynamic |= writer.frame.dynamic
    for (signature, location), name in calls.dispatchers.items():
        candidates = tuple(
            f for f in module.functions.values() if f.name in taken and f.signature == signature
        )
        nodes = locations.clone_location(location)
        body += dispatch_function(Dispatcher(name, signature, candidates, *nodes), calls.trap("target"))
    if dynamic:
        body += runtime_functions(protection.stack)
    body = lay_out_body(body)
    text = [*module.preamble, *module.types.values(), *protection.lowering.declarations]
    text += protection.stack.declarations
    text += [_print_global(g) for g in module.globals.values() if g.initializer is not None]
    text += _print_declarations(module, calls)
    text += body
    text.append(function_attributes(protection.cpu))
    text += [f"{name} = {value}" for name, value in module.metadata.items()]
    return _number_weights(text, module)


def _print_global(variable: GlobalVariable) -> str:
    assert variable.initializer is not None
    if variable.name in ("@llvm.used", "@llvm.compiler.used"):
        return ""
    words = "unnamed_addr " if "unnamed_addr" in variable.linkage else ""
    kind = "constant" if variable.constant else "global"
    return (
        f"{variable.name} = internal {words}{kind} {variable.type.text} {define_text(variable.initializer)},"
        f" align {variable.align}"
    )


def _print_declarations(module: Module, calls: Calls) -> list[str]:
    """Host functions as the module's calls see them, one signature a name; LLVM declares intrinsics itself."""
    from passes.intrinsics import CHECKED_NAMES

    found: dict[str, str] = {}
    for function in module.functions.values():
        for block in function.blocks:
            for call in block.instructions:
                if call.opcode == "call" and call.callee in module.declarations:
                    plain = call.callee.removeprefix("@")
                    name = CHECKED_NAMES.get(plain, plain)
                    if name in calls.used_imports:
                        result, _, inner = call_signature(call).partition(" (")
                        found.setdefault(name, f"declare {result} @{name}({inner} #1")
    for name in calls.used_imports - set(found):
        inner = "ptr, i32, i64" if name == "fp_memset" else "ptr, ptr, i64"
        found[name] = f"declare ptr @{name}({inner}) #1"
    return [found[name] for name in sorted(found)]


def function_attributes(cpu: str) -> str:
    """The attribute groups of every definition (#0) and of host functions (#1)."""
    words = [
        '"no-jump-tables"="true"',
        '"probe-stack"="inline-asm"',
        f'"target-cpu"="{cpu}"',
        '"frame-pointer"="none"',
    ]
    # Calls out go through the read-only GOT, not through a stub.
    return f"attributes #0 = {{ nounwind {' '.join(words)} }}\nattributes #1 = {{ nounwind nonlazybind }}"


def _number_weights(lines: list[str], module: Module) -> list[str]:
    number = 1 + max((int(n[1:]) for n in module.metadata if n[1:].isdigit()), default=-1)
    unlikely = UNLIKELY.rpartition(" ")[2]
    text = [line.replace(unlikely, f"!{number}") if unlikely in line else line for line in lines]
    return [*text, f'!{number} = !{{!"branch_weights", i32 1, i32 1048576}}']
