"""The door of the verifier: a module's bytes in, a verdict out. Never raises, whatever the bytes are.

Every rule rests on those before it: without an image there is no text, without instructions no paths,
and what control and the native stack do must be settled before anything is proved of memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from fpcc.verifier.branches import check_branches, violation_at
from fpcc.verifier.code_rules import CodeFindings, check_code
from fpcc.verifier.confinement import RULE as MEMORY_RULE
from fpcc.verifier.elf_file import ImageError
from fpcc.verifier.guard import GuardedCode, Spread, find_variables, in_turn, prove_guards
from fpcc.verifier.image import Image, read_image
from fpcc.verifier.model import Violation
from fpcc.verifier.program import Program, decode_program
from fpcc.verifier.verdict import Summary, Verdict

FILE_RULE, GUARD_RULE = "file", "guard"


def verify_module(data: bytes, spread: Spread = in_turn) -> Verdict:
    """What speaks against running this module; `spread` may have several processes prove its functions."""
    try:
        return _verify_file(data, spread)
    except Exception as error:  # a module that the verifier stumbles over is not proved
        return Verdict((_file_violation(f"the verifier failed on it, please report: {error!r}"),), Summary())


def _verify_file(data: bytes, spread: Spread) -> Verdict:
    try:
        image = read_image(data)
    except ImageError as error:
        return Verdict((_file_violation(str(error)),), Summary())
    return _verify_code(image, spread)


def _verify_code(image: Image, spread: Spread) -> Verdict:
    program, refused = decode_program(image)
    violations = refused or check_branches(program)
    if violations:
        return Verdict(violations, _summarise(image, program))
    findings = check_code(program)
    found = (*findings.violations, *_PROOFS[image.manifest.lowering](findings, spread))
    return Verdict(tuple(sorted(found, key=_order)), _summarise(image, findings.program, findings))


def _order(violation: Violation) -> tuple[int, str]:
    return violation.address, violation.rule


def _file_violation(message: str) -> Violation:
    return Violation(FILE_RULE, 0, b"", "", "", "", message)


def _summarise(image: Image, program: Program | None = None, findings: CodeFindings | None = None) -> Summary:
    return Summary(
        mode=image.manifest.mode,
        lowering=image.manifest.lowering,
        text_size=len(image.text),
        instructions=len(program.instructions) if program else 0,
        functions=len(program.functions) if program else 0,
        accesses=dict(sorted(findings.accesses.items())) if findings else {},
    )


def _by_segment(findings: CodeFindings, _: Spread) -> Iterator[Violation]:
    """In `segment` nothing is left to be proved."""
    for instruction in findings.unproved:
        yield violation_at(MEMORY_RULE, instruction, "an access that nothing confines")


def _by_guards(findings: CodeFindings, spread: Spread) -> Iterator[Violation]:
    """The guard rule, on code whose control and stack are in order."""
    for unproved in prove_guards(guarded_code(findings), spread):
        yield violation_at(GUARD_RULE, unproved.instruction, unproved.message)


def guarded_code(findings: CodeFindings) -> GuardedCode:
    """What the guard rule is asked about."""
    program = findings.program
    image = program.image
    return GuardedCode(
        instructions=program.instructions,
        entries=_handed_pointers(image),
        starts=program.functions,
        variables=find_variables(image.tls_slots),
        asked=frozenset(instruction.address for instruction in findings.unproved),
    )


def _handed_pointers(image: Image) -> frozenset[int]:
    """Where the host enters with a pointer into the arena only, under whatever name."""
    others = {address for name, address in image.entries.items() if name not in _POINTER_ENTRIES}
    return frozenset(a for name, a in image.entries.items() if name in _POINTER_ENTRIES) - others


# Entry points that the host hands a pointer into the arena.
_POINTER_ENTRIES = ("init", "process")

_PROOFS: dict[str, Callable[[CodeFindings, Spread], Iterator[Violation]]] = {
    "segment": _by_segment,
    "compare": _by_guards,
    "mpx": _by_guards,
}
