"""What the host makes of a packet's descriptor that a module gives back: a model."""

from __future__ import annotations

BUFFER, HEADROOM, DROP, GATES = 2048, 128, 0xFFFF, 64


def verdict(shift: int, length: int, gate: int) -> str:
    """The gate it leaves by, or why it is dropped; `shift` is how far the module moved `data`."""
    start = HEADROOM + shift
    if not 0 <= start <= BUFFER:
        return "bad data"
    if start + length > BUFFER:
        return "bad length"
    if gate == DROP:
        return "dropped by module"
    return str(gate) if gate < GATES else "bad gate"
