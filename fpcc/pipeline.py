"""The stages of a build, in order. Tests and tools run them with `run_pipeline(options, until=STAGE)`.

Modes and lowerings are rows of tables (passes/modes.py, passes/lower/registry.py); no stage asks which one it
serves beyond what those rows say.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from fpcc.abi import abi
from fpcc.calls_out import refuse_undefined
from fpcc.compiler_calls import refuse_own_versions
from fpcc.early_compile import Begun, begin
from fpcc.entry_points import SIGNATURES
from fpcc.errors import InputError, InternalError
from fpcc.flags import CompileFlags
from fpcc.frontend import Facts, collect_facts
from fpcc.judges import audit, judges_in_this_process, verify
from fpcc.library import pick_members
from fpcc.manifest import Tools, make_manifest
from fpcc.module_file import manifest_note, pack_decisions
from fpcc.module_link import assemble, link_module, undefined_symbols
from fpcc.optimizer import emit_assembly, link_modules, llvm_version, optimise, promote_locals
from fpcc.protection import make_protection
from fpcc.refused import explain_refusals
from fpcc.reports.verdict_places import describe_violations, functions_of
from fpcc.toolchain import clang_version, lld_version
from fpcc.version import VERSION
from passes.asm.confine import RefusedInstruction
from passes.decide import decide
from passes.intrinsics import CHECKED_NAMES
from passes.ir.lexer import IRSyntaxError
from passes.model import Decisions, Refusal, RefusedError
from passes.modes import MODES
from passes.prepare import prepare_module
from passes.protect import Protection, protect_module
from passes.untangle import untangle

if TYPE_CHECKING:
    from fpcc.bounds import Bounded

ENTRY_POINTS = tuple(SIGNATURES)
_EVERYTHING = ("", "")  # every access of every function is insisted on


@dataclass(frozen=True)
class BuildOptions:
    """What to build. `name` is the NF's, shown in manifest and reports."""

    sources: tuple[Path, ...]
    name: str
    mode: str = "wonly"
    lowering: str = "compare"
    flags: CompileFlags = CompileFlags()
    count_bounds: bool = False


@dataclass(frozen=True)
class Build:
    """What the stages so far have made."""

    options: BuildOptions
    begun: Begun
    units: tuple[str, ...] = ()  # IR of each source
    facts: Facts | None = None
    ir: str = ""  # the whole program, as far as it has come
    optimised: str = ""  # the same before protection
    bounded: Bounded | None = None  # mode `pointer`
    insisted: frozenset[tuple[str, str]] = (
        frozenset()
    )  # accesses the audit could not prove, (function, pointer)
    decisions: Decisions | None = None
    assembly: str = ""
    code: bytes = b""  # object file
    imports: tuple[str, ...] = ()
    module: bytes = b""
    kept: frozenset[str] = field(
        default=frozenset()
    )  # library functions the optimiser or code generation named

    @property
    def required_facts(self) -> Facts:
        """The facts, once their stage has run."""
        assert self.facts is not None
        return self.facts


def compile_sources(build: Build) -> Build:
    """Clang: each source to IR, not optimised; libclang beside it, for facts."""
    options = build.options
    with ThreadPoolExecutor(1) as pool:
        facts = pool.submit(collect_facts, options.sources, options.flags)
        units = tuple(unit.result() for unit in build.begun.compiling)  # clang's errors come first
        return replace(build, units=units, facts=facts.result())


def link_program(build: Build) -> Build:
    """All sources and what they need of the module C library, as one closed module."""
    library, _ = pick_members(build.units, build.options.flags.cpu, build.kept)
    whole = link_modules([*build.units, *library])
    trap = abi().number("FP_TRAP_ABORT")
    return replace(build, ir=prepare_module(whole, ENTRY_POINTS, build.kept, trap))


def optimise_program(build: Build) -> Build:
    """LLVM's pipeline; again if it brings in library functions. In mode `pointer` part of the next stage."""
    if MODES[build.options.mode].bounded:
        return build
    ir = optimise(build.ir, build.options.flags.level, build.options.flags.cpu)
    if more := _link_missing(build, ir):
        return optimise_program(more)
    return replace(build, optimised=ir)


def untangle_locals(build: Build) -> Build:
    """Locals reached through a choice of addresses, which protection could not keep native, to registers."""
    flags = build.options.flags
    if not MODES[build.options.mode].hardened or flags.level == "0":
        return build
    ir = untangle(build.optimised)
    if ir != build.optimised:
        ir = promote_locals(ir, flags.cpu)
    if more := _link_missing(build, ir):
        return untangle_locals(optimise_program(more))
    return replace(build, optimised=ir)


def bound_pointers(build: Build) -> Build:
    """Mode `pointer`: bounds beside pointers, and checks. All others leave the program as it is."""
    options = build.options
    if not MODES[options.mode].bounded:
        return build
    from fpcc.bounds import Wanted, add_bounds  # only this mode loads it

    wanted = Wanted(options.flags, ENTRY_POINTS, build.kept, options.lowering, options.count_bounds)
    try:
        bounded = add_bounds(build.ir, wanted)
    except RefusedError as error:
        raise explain_refusals(error, build.required_facts) from error
    if more := _link_missing(build, bounded.ir):
        return bound_pointers(more)
    return replace(build, optimised=bounded.ir, bounded=bounded)


def protect_program(build: Build) -> Build:
    """The passes: guards, module stack, closed calls, traps. Mode `none` leaves the IR as it is."""
    options = build.options
    protection = make_protection(MODES[options.mode], options.lowering, options.flags.cpu)
    try:
        protected = protect_module(build.optimised, protection, build.insisted)
    except RefusedError as error:
        raise explain_refusals(error, build.required_facts) from error
    decided = decide(protected.module, protected.plans, build.required_facts.expressions)
    decisions = Decisions(
        nf=options.name,
        mode=options.mode,
        lowering=options.lowering if protection.mode.hardened else "none",
        sources=build.required_facts.sources,
        functions=decided.functions,
        accesses=decided.accesses,
        guards=decided.guards,
        moved_locals=decided.moved_locals,
    )
    if build.bounded is not None:
        decisions = build.bounded.add_to(decisions, build.required_facts.expressions)
    return replace(build, ir=protected.text, decisions=decisions)


def audit_program(build: Build) -> Build:
    """Reads the protected IR again, while LLVM and clang make an object file of it.

    An access it cannot prove to be confined gets a guard of its own; anything else that breaks a rule ends
    the build.
    """
    options = build.options
    protection = make_protection(MODES[options.mode], options.lowering, options.flags.cpu)
    judged = build.begun.judges.submit(audit, build.ir, protection)
    try:
        assembly, code = generate_code(build.ir, protection)
    except RefusedInstruction as error:
        raise explain_refusals(_refusal_of(error), build.required_facts) from error
    audited = judged.result()
    again = audited.unproved - build.insisted
    if audited.broken or (audited.unproved and not again):
        unproved = [f"{function}: access through {pointer}" for function, pointer in sorted(audited.unproved)]
        raise InternalError("audit", "; ".join([*audited.broken, *unproved][:5]))
    if again:
        return audit_program(protect_program(replace(build, insisted=build.insisted | again)))
    return replace(build, assembly=assembly, code=code)


def generate_code(ir: str, protection: Protection) -> tuple[str, bytes]:
    """The assembly and the object file of a module. Raises RefusedInstruction."""
    assembly = protection.finish_assembly(emit_assembly(ir, protection.cpu))
    return assembly, assemble(assembly)


def _refusal_of(error: RefusedInstruction) -> RefusedError:
    reason = f"the compiler made `{error.instruction}` of this: {error.reason}"
    hint = "write it in another way, or build with --lowering=compare"
    return RefusedError([Refusal(error.location, error.function, reason, hint)])


def close_imports(build: Build) -> Build:
    """What the object file needs of the host; if it needs more of the library, that is linked in first."""
    if MODES[build.options.mode].hardened:
        refuse_own_versions(build.assembly, build.units, build.kept, ENTRY_POINTS)
    needed = set(undefined_symbols(build.code))
    missing = needed & _library_names(build) - build.kept
    if missing:
        return _run_stages(replace(build, kept=build.kept | missing), "link", "imports")
    imports = refuse_undefined(needed, MODES[build.options.mode], build.required_facts)
    return replace(build, imports=imports)


def link_file(build: Build) -> Build:
    """The module file, with manifest and decisions."""
    assert build.decisions is not None
    decisions = replace(build.decisions, imports=build.imports)
    tools = Tools(VERSION, clang_version(), llvm_version(), lld_version())
    entries = [entry.name for entry in build.required_facts.entry_points]
    manifest = make_manifest(decisions, tools, abi().number("FP_ABI_VERSION"), entries)
    module = link_module(build.code, manifest_note(manifest), pack_decisions(decisions))
    return replace(build, decisions=decisions, module=module)


def verify_file(build: Build) -> Build:
    """The last word: the finished module's machine code, read by what knows nothing of the passes.

    Guards that code generation has moved beyond what can be proved are planned anew, one for each access: in
    the functions concerned, and if that does not help, everywhere.
    """
    if not MODES[build.options.mode].hardened:
        return build
    violations = build.begun.judges.submit(verify, build.module).result()
    if not violations:
        return build
    insisted = build.insisted | {(f"@{name}", "") for name in functions_of(violations, build.module)}
    if insisted == build.insisted:
        insisted |= {_EVERYTHING}
    if insisted == build.insisted or {violation.rule for violation in violations} != {"guard"}:
        raise InputError(f"the verifier refuses the module: {describe_violations(violations, build.module)}")
    again = replace(build, insisted=insisted)
    return _run_stages(again, "protect", "verify")


STAGES: tuple[tuple[str, Callable[[Build], Build]], ...] = (
    ("compile", compile_sources),
    ("link", link_program),
    ("optimise", optimise_program),
    ("untangle", untangle_locals),
    ("bounds", bound_pointers),
    ("protect", protect_program),
    ("audit", audit_program),
    ("imports", close_imports),
    ("module", link_file),
    ("verify", verify_file),
)


def _run_stages(build: Build, first: str, last: str) -> Build:
    """The stages from `first` to `last`."""
    for name, stage in STAGES[_stage_number(first) : _stage_number(last) + 1]:
        try:
            build = stage(build)
        except IRSyntaxError as error:
            raise InternalError(name, str(error)) from error
    return build


def _stage_number(name: str) -> int:
    return [stage for stage, _ in STAGES].index(name)


def run_pipeline(options: BuildOptions, until: str = "verify", begun: Begun | None = None) -> Build:
    """Runs the stages up to and with `until`; `begun` is from begin(). Raises FpccError."""
    begun = begun or begin(options.sources, options.flags, judges_in_this_process())
    return _run_stages(Build(options, begun), STAGES[0][0], until)


def _library_names(build: Build) -> set[str]:
    """What the module C library can give, less what the host does instead in this mode."""
    _, offered = pick_members((), build.options.flags.cpu)
    return offered - set(CHECKED_NAMES) if MODES[build.options.mode].hardened else offered


def _link_missing(build: Build, ir: str) -> Build | None:
    """The program linked anew, with the library functions that `ir` has come to need; None if it has all."""
    declared = (line.partition("@")[2] for line in ir.splitlines() if line.startswith("declare "))
    missing = {name.partition("(")[0] for name in declared} & _library_names(build) - build.kept
    return link_program(replace(build, kept=build.kept | missing)) if missing else None
