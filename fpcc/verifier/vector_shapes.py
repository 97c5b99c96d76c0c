"""How many low bits of a vector result are known from so many low bits of each operand, where elements move.

All take the operands' bits and the immediate (0 if there is none), and may say less than is true. Results
are of 128 bits, and FULL is all of them; those of BROADCASTS may be of any size.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

FULL = 256
_HALF, _XMM = 64, 128

Shape = Callable[[Sequence[int], int], int]


def _capped(bits: int) -> int:
    return FULL if bits >= _XMM else bits


def _interleave(lane: int) -> Shape:
    """Low elements of both, in turn."""
    return lambda bits, _: _capped(min(bits) // lane * lane * 2)


def _needs(needed: int) -> Shape:
    """All of the result from so many low bits of every operand."""
    return lambda bits, _: FULL if min(bits) >= needed else 0


def _insert(lane: int) -> Shape:
    """One element goes where the immediate says; the rest is of the first operand."""

    def shape(bits: Sequence[int], immediate: int) -> int:
        rest, place = bits[0], immediate % (_XMM // lane) * lane
        return _capped(rest + lane if place == rest else rest)

    return shape


def _insert_single(bits: Sequence[int], immediate: int) -> int:
    rest, place, source = bits[0], (immediate >> 4 & 3) * 32, (immediate >> 6 & 3) * 32
    if bits[-1] < source + 32:
        return min(rest, place)
    return _capped(rest + 32 if place == rest else rest)


def _select(lane: int, sources: Sequence[int]) -> Shape:
    """Each element is one of the operand that `sources` says, by its field of the immediate."""
    field = (_XMM // lane).bit_length() - 1

    def shape(bits: Sequence[int], immediate: int) -> int:
        known = 0
        for place, source in enumerate(sources):
            index = immediate >> (place * field) & ((1 << field) - 1)
            if bits[min(source, len(bits) - 1)] < (index + 1) * lane:
                break
            known += lane
        return _capped(known)

    return shape


def _keep_half(bits: Sequence[int], _: int) -> int:
    return _HALF if min(bits) >= _HALF else 0


def _pack(bits: Sequence[int], _: int) -> int:
    return bits[0] // 2 // 32 * 32


def _shift_right(bits: Sequence[int], immediate: int) -> int:
    return max(bits[0] - 8 * immediate, 0)


def _load_high(bits: Sequence[int], _: int) -> int:
    return FULL if bits[0] >= _HALF else bits[0]


def _load_low(bits: Sequence[int], _: int) -> int:
    return _HALF if bits[-1] >= _HALF else 0


def _extract_half(bits: Sequence[int], immediate: int) -> int:
    return FULL if bits[0] >= _XMM and not immediate & 1 else 0


BROADCASTS: dict[str, Shape] = {
    "broadcastss": _needs(32),
    "broadcastsd": _needs(64),
    "pbroadcastb": _needs(8),
    "pbroadcastw": _needs(16),
    "pbroadcastd": _needs(32),
    "pbroadcastq": _needs(64),
}
SHAPES: dict[str, Shape] = {
    **{f"punpckl{kind}": _interleave(32) for kind in ("bw", "wd", "dq")},
    "unpcklps": _interleave(32),
    "unpcklpd": _interleave(64),
    "punpcklqdq": _interleave(64),
    "movlhps": _interleave(64),
    "movddup": _needs(64),
    "movq": _needs(64),
    **{f"pmov{s}x{kind}": _needs(64) for s in "sz" for kind in ("bw", "wd", "dq", "bd", "wq", "bq")},
    "cvtdq2pd": _needs(64),
    "cvtps2pd": _needs(64),
    "pinsrb": _insert(8),
    "pinsrw": _insert(16),
    "pinsrd": _insert(32),
    "pinsrq": _insert(64),
    "insertps": _insert_single,
    "pshufd": _select(32, (0, 0, 0, 0)),
    "permilps": _select(32, (0, 0, 0, 0)),
    "shufps": _select(32, (0, 0, 1, 1)),
    "shufpd": _select(64, (0, 1)),
    "movshdup": _keep_half,
    "movsldup": _keep_half,
    "pshuflw": _keep_half,
    "pshufhw": _keep_half,
    "packsswb": _pack,
    "packssdw": _pack,
    "packuswb": _pack,
    "packusdw": _pack,
    "psrldq": _shift_right,
    "movhps": _load_high,
    "movhpd": _load_high,
    "movlps": _load_low,
    "movlpd": _load_low,
    "extractf128": _extract_half,
    "extracti128": _extract_half,
}
