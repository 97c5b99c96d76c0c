"""Vector registers in a FrameState: how many of the low bits of each the module has put there.

Calls of the host, and whoever ran before, leave their data in all of them. A result is the module's own as
far as what it was computed from is; to store or test anything else is a violation (see leftovers.py).
"""

from __future__ import annotations

from fpcc.verifier.frame_state import ALL_BITS, FrameState
from fpcc.verifier.frame_values import WHOLE, defined_bits, with_bits
from fpcc.verifier.frame_words import WORD
from fpcc.verifier.model import Imm, Instruction, Mem, Operand, Reg, Vec
from fpcc.verifier.vector_shapes import BROADCASTS, SHAPES

# Of a register with itself they depend on nothing; all but the last are in both encodings.
_FROM_NOTHING = ("pxor", "xorps", "xorpd", "psub", "pcmpeq", "pcmpgt", "pandn", "andnps", "andnpd")
# Each element of the result depends on the elements in the same place only.
_ELEMENTWISE = (
    "padd", "psub", "pand", "por", "pxor", "pmul", "pmin", "pmax", "pcmpeq", "pcmpgt", "pavg", "pabs",
    "psll", "psrl", "psra", "blend", "pblend", "add", "sub", "mul", "div", "min", "max", "sqrt",
    "psign", "and", "or", "xor",
    "cmp", "rcp", "rsqrt", "round", "fm", "fnm", "cvtdq2ps", "cvtps2dq", "cvttps2dq",
)  # fmt: skip
_NOT_ELEMENTWISE = ("psrldq", "pslldq", "addsub", "fmaddsub")
# Their result takes its upper part from the first source, and nothing else.
_ONE_SOURCE = ("sqrt", "rsqrt", "rcp", "round", "cvt", "mov")
_BY_FIRST = ("pblendvb", "blendvps", "blendvpd")  # choose by xmm0, which is no operand of theirs
_COPIES = ("movaps", "movapd", "movups", "movupd", "movdqa", "movdqu")
_LOW_STORES = {"movd": 32, "movq": 64, "movlps": 64, "movlpd": 64, "cvttss2si": 32, "cvtss2si": 32}
_LOW_STORES |= {"cvttsd2si": 64, "cvtsd2si": 64, "movss": 32, "movsd": 64}
_LOW_STORES |= {"ucomiss": 32, "comiss": 32, "ucomisd": 64, "comisd": 64}


def is_copy(instruction: Instruction) -> bool:
    """True if it moves a whole vector."""
    return _name(instruction) in _COPIES


def step_vectors(state: FrameState, instruction: Instruction) -> None:
    """Applies what an instruction does to vector registers, and stores of what was left."""
    if instruction.mnemonic in ("vzeroupper", "vzeroall"):
        floor = 0 if instruction.mnemonic == "vzeroall" else 128
        state.vectors[:] = [ALL_BITS if bits >= floor else bits for bits in state.vectors]
        return
    target = instruction.operands[0] if instruction.operands else None
    if isinstance(target, Vec) and "w" in instruction.access[0]:
        bits = _result(state, instruction)
        old = state.vectors[target.number]
        is_legacy = not instruction.mnemonic.startswith("v")
        whole = old if is_legacy and old > target.width else target.width if is_legacy else ALL_BITS
        state.vectors[target.number] = whole if bits >= target.width else bits


def spill(state: FrameState, instruction: Instruction) -> None:
    """A store to the frame of a vector that is not the module's own, after it was taken for one that is."""
    target = instruction.operands[0] if instruction.operands else None
    if not isinstance(target, Mem) or "w" not in instruction.access[0]:
        return
    offset = state.native_offset(target)
    if offset is not None and vectors_needed(state, instruction):
        bits = min(state.vectors[o.number] for o in instruction.operands if isinstance(o, Vec))
        known = bits // 8 * 8 if is_copy(instruction) else 0
        for at in range(0, target.size, WORD):
            state.store(offset + at, min(WORD, target.size - at), with_bits(max(known - 8 * at, 0)))


def _vectors_read(instruction: Instruction) -> list[Vec]:
    used = zip(instruction.operands, instruction.access, strict=True)
    return [operand for operand, access in used if isinstance(operand, Vec) and "r" in access]


def vectors_needed(state: FrameState, instruction: Instruction) -> str:
    """Which register an instruction that shows vectors reads beyond what is the module's own; "" if none."""
    if instruction.operands and isinstance(instruction.operands[0], Vec) and "w" in instruction.access[0]:
        return ""
    for operand in _vectors_read(instruction):
        if state.vectors[operand.number] < _LOW_STORES.get(_name(instruction), operand.width):
            return f"{'xy'[operand.width // 256]}mm{operand.number}"
    return ""


def _name(instruction: Instruction) -> str:
    return instruction.mnemonic.removeprefix("v")


def _result(state: FrameState, instruction: Instruction) -> int:
    name = _name(instruction)
    sources = [o for o, a in zip(instruction.operands, instruction.access, strict=True) if _is_source(o, a)]
    if instruction.mnemonic in _BY_FIRST:
        sources.append(Vec(0, 128))
    vectors = [operand for operand in sources if isinstance(operand, Vec)]
    if name.startswith(_FROM_NOTHING) and len(vectors) == 2 and vectors[0] == vectors[1]:
        return ALL_BITS
    scalar = _scalar_bits(name)
    if scalar and len(sources) > 1:
        return _scalar_result(state, (name, scalar), sources)
    bits = [_bits(state, operand) for operand in sources] or [ALL_BITS]
    if min(bits) >= max([operand.width for operand in vectors] or [ALL_BITS]):
        return ALL_BITS
    target = instruction.operands[0]
    shapes = BROADCASTS if isinstance(target, Vec) and target.width > 128 else SHAPES | BROADCASTS
    by_vector = name == "permilps" and len(sources) > 1
    if name in shapes and sources and not by_vector:
        return shapes[name](bits, _immediate(instruction))
    is_elementwise = name.startswith(_ELEMENTWISE) and not name.startswith(_NOT_ELEMENTWISE)
    lane = 64 if name.endswith(("q", "pd")) else 32
    return min(bits) // lane * lane if is_elementwise or name in _COPIES else 0


def _immediate(instruction: Instruction) -> int:
    last = instruction.operands[-1]
    return last.value if isinstance(last, Imm) else 0


def _scalar_result(state: FrameState, kind: tuple[str, int], sources: list[Operand]) -> int:
    """The low element from the operands, the rest from the first of them."""
    name, size = kind
    rest = _bits(state, sources[0])
    counted = sources[1:] if name.startswith(_ONE_SOURCE) else sources
    read = {"cvtss2sd": 32, "cvtsd2ss": 64}.get(name, size)
    if any(_bits(state, operand) < read for operand in counted):
        return 0
    return ALL_BITS if rest >= 128 else size


def _scalar_bits(name: str) -> int:
    """The size of the element that a scalar instruction computes; 0 for one on whole vectors."""
    if name.startswith("p"):
        return 0
    if name.endswith("ss"):
        return 32
    return 64 if name.endswith("sd") else 0


def _is_source(operand: Operand, access: str) -> bool:
    return "r" in access and isinstance(operand, Vec | Mem | Reg)


def _bits(state: FrameState, operand: Operand) -> int:
    if isinstance(operand, Vec):
        return state.vectors[operand.number]
    if isinstance(operand, Mem):
        offset = state.native_offset(operand)
        if offset is not None:
            return _loaded(state, offset, operand.size)
    return ALL_BITS


def _loaded(state: FrameState, offset: int, size: int) -> int:
    for at in range(0, size, WORD):
        complete, value = state.load(offset + at, min(WORD, size - at))
        if not complete or defined_bits(value) < WHOLE:
            return 8 * at + (defined_bits(value) if complete else 0)
    return ALL_BITS
