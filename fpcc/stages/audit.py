"""Reads the protected IR again, while LLVM and clang make an object file of it, and the sources are read."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from fpcc.build_decisions import make_decisions
from fpcc.errors import InternalError
from fpcc.judges import audit
from fpcc.module_link import assemble
from fpcc.optimizer import emit_assembly
from fpcc.protection import make_protection
from fpcc.refused import explain_refusals
from fpcc.stages import load_stages
from fpcc.stages.state import Build
from passes.asm.confine import RefusedInstruction
from passes.model import Refusal, RefusedError
from passes.modes import MODES
from passes.protect import Protection


def run(build: Build) -> Build:
    """Assembly, object file and decisions; meanwhile the last stages are loaded.

    An access that the audit cannot prove to be confined gets a guard of its own: the program is protected
    anew. Anything else that breaks a rule ends the build.
    """
    options = build.options
    protection = make_protection(MODES[options.mode], options.lowering, options.flags.cpu)
    assert build.protected is not None
    ir = build.protected.text
    judged = build.begun.judges.submit(audit, ir, protection)
    try:
        with ThreadPoolExecutor(1) as pool:
            generated = pool.submit(_generate_code, ir, protection)
            decisions = make_decisions(build)
            load_stages("audit", "verify")
            assembly, code = generated.result()
    except RefusedInstruction as error:
        raise explain_refusals(_refusal_of(error), build.facts) from error
    audited = judged.result()
    again = audited.unproved - build.insisted
    if audited.broken or (audited.unproved and not again):
        unproved = [f"{function}: access through {pointer}" for function, pointer in sorted(audited.unproved)]
        raise InternalError("audit", "; ".join([*audited.broken, *unproved][:5]))
    if again:
        return replace(build, insisted=build.insisted | again, back_to="protect")
    return replace(build, assembly=assembly, code=code, decisions=decisions)


def _generate_code(ir: str, protection: Protection) -> tuple[str, bytes]:
    assembly = protection.finish_assembly(emit_assembly(ir, protection.cpu))
    return assembly, assemble(assembly)


def _refusal_of(error: RefusedInstruction) -> RefusedError:
    reason = f"the compiler made `{error.instruction}` of this: {error.reason}"
    hint = "write it in another way, or build with --lowering=compare"
    return RefusedError([Refusal(error.location, error.function, reason, hint)])
