"""Makes every value of a module defined: no undef, no poison, no fact the optimiser took on trust.

After this no choice is left to code generation that could give one use of a value (a guard) another value
than the next (the access), and no flag or attribute lets it drop or widen a check (DESIGN.md, 4.8).
"""

from __future__ import annotations

from passes.ir.instruction import POISON_FLAGS, Instruction
from passes.ir.lexer import tokenize
from passes.ir.operand import Operand, skip_group

_UNDEFINED = {"undef", "poison"}
_SUSPECT = ("undef", "poison", "inbounds", "nuw", "nusw", "inrange")
_SHIFTS = {"shl", "lshr", "ashr"}
# Intrinsics whose last argument says that zero (or the least integer) gives poison.
POISON_ARGUMENT = {"llvm.ctlz", "llvm.cttz", "llvm.abs"}


def define_tokens(tokens: list[str]) -> list[str]:
    """Tokens of an instruction or constant without poison flags, undef and poison."""
    result = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token == "inrange":
            at = skip_group(tokens, at + 1)
            continue
        if token == "fast":
            result += ["reassoc", "nsz", "arcp", "contract", "afn"]
        elif token in _UNDEFINED:
            result.append("zeroinitializer")
        elif token not in POISON_FLAGS:
            result.append(token)
        at += 1
    return result


def define_text(operand: Operand) -> str:
    """The text of `operand`, defined."""
    text = operand.text
    if text[0] in "%@" or not any(word in text for word in _SUSPECT):
        return text
    return " ".join(define_tokens(tokenize(text)))


def normalise(instruction: Instruction) -> tuple[list[str], bool]:
    """The instruction's tokens, defined, and whether its value must be frozen after it."""
    tokens = define_tokens(instruction.tokens)
    opcode, operands = instruction.opcode, instruction.operands
    if opcode == "or" and "disjoint" in instruction.tokens[:2]:
        return ["add", *tokens[1:]], False
    if opcode in ("fptoui", "fptosi"):
        return _saturating(instruction), False
    if opcode in _SHIFTS:
        amount = operands[1].integer
        return tokens, not (amount is not None and amount < instruction.type.bits)
    return tokens, False


def holds_loose_bits(instruction: Instruction) -> bool:
    """Whether it loads bits that fill no whole bytes.

    Code generation takes the bits beyond for zero, as it wrote them itself, but a module's memory is not to
    be trusted with that: a flag the optimiser made an i1 could be read as 255.
    """
    return instruction.opcode == "load" and instruction.type.kind == "int" and instruction.type.bits % 8 != 0


def load_whole_bytes(instruction: Instruction, tokens: list[str], name: str) -> list[str]:
    """Lines that load the bytes instead, into `name`, and cut them to size."""
    kind = instruction.type
    whole = f"i{8 * kind.store_size}"
    tokens = [whole if token == kind.text else token for token in tokens]
    return [f"{name} = {' '.join(tokens)}", f"{instruction.name} = trunc {whole} {name} to {kind.text}"]


def _saturating(instruction: Instruction) -> list[str]:
    """fptoui and fptosi give poison out of range; their saturating intrinsics are defined everywhere."""
    value, result = instruction.operands[0], instruction.type
    name = f"@llvm.{instruction.opcode}.sat.{mangle(result.text)}.{mangle(value.type.text)}"
    return ["call", result.text, f"{name}({value.type.text} {define_text(value)})"]


def mangle(text: str) -> str:
    """A type's suffix in an intrinsic's name: "<4 x float>" -> "v4f32"."""
    if text.startswith("<"):
        count, _, element = text[1:-1].partition(" x ")
        return f"v{count}{mangle(element)}"
    return {"float": "f32", "double": "f64", "half": "f16", "bfloat": "bf16", "ptr": "p0"}.get(text, text)
