"""Which packet of its batch a module was busy with when it faulted, as far as its registers tell.

The host says what they held, and where the batch's descriptors and packets lie (runtime/host/event.h). A
value left over from an earlier packet, or fetched for the next, looks like one of this packet: values do not
count by themselves. What counts is which packets what was refused had been computed from; if none, which ones
the code had just worked with, unless it goes on with others (code_accesses.py). If it is one packet, that is
evidence, no proof; in any other case nothing is said.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any

from fpcc.abi import abi
from fpcc.code_accesses import UNKNOWN, find_ahead, find_behind, find_causes
from fpcc.machine_code import REGISTERS, Code, read_code

_DESCRIPTOR = 32  # bytes of struct fp_packet
_PAGE = 4096
_HALF, _WHOLE = 1 << 32, 1 << 64


@dataclass(frozen=True)
class _Evidence:
    registers: tuple[int, ...]  # 16, or none
    operands: tuple[int, ...]
    descriptors: int
    buffers: tuple[int, ...]

    def packet_at(self, address: int) -> int | None:
        """The place in the batch of the packet whose descriptor or buffer this is in."""
        base = self.descriptors - self.descriptors % _HALF
        if address // _HALF not in (0, base // _HALF):
            return None
        address = base + address % _HALF
        place = (address - self.descriptors) // _DESCRIPTOR
        if 0 <= place < len(self.buffers):
            return place
        size = abi().number("FP_PACKET_BUFFER")
        return next((i for i, start in enumerate(self.buffers) if 0 <= address - start < size), None)


def find_packet(data: bytes, event: Mapping[str, Any]) -> int | None:
    """The place in its batch, from 0, of the packet that the evidence points to; None if that is not one."""
    evidence, pc = _read_evidence(event.get("evidence")), event.get("pc")
    if evidence is None or not isinstance(pc, int):
        return None
    if evidence.operands:
        return _only({evidence.packet_at(address) for address in evidence.operands})
    if not evidence.registers:
        return None
    return _find_by_code(read_code(data), pc, evidence, event)


def _find_by_code(code: Code, pc: int, evidence: _Evidence, event: Mapping[str, Any]) -> int | None:
    values = {number: evidence.registers[number] for number in REGISTERS}

    def packets(addresses: Set[int]) -> Set[int | None]:
        return {evidence.packet_at(address) for address in addresses if not _is_overrun(address, event)} - {
            None
        }

    causes = packets(set(find_causes(code, pc, values)))
    if causes:
        return _only(causes)
    behind = set(find_behind(code, pc, values))
    if UNKNOWN in behind or not packets(behind):
        return None
    return _only(packets(behind) | packets(set(find_ahead(code, pc, values))))


def _only(packets: Set[int | None]) -> int | None:
    known = packets - {None}
    return next(iter(known)) if len(known) == 1 else None


def _is_overrun(target: int, event: Mapping[str, Any]) -> bool:
    """A loop that has run out of its packet to where it faulted last accessed some other one."""
    address = event.get("address")
    return isinstance(address, str) and (int(address, 16) - target) % _HALF < _PAGE


def _read_evidence(said: Any) -> _Evidence | None:
    if not isinstance(said, Mapping):
        return None
    registers, operands, buffers = (
        tuple(value % _WHOLE for value in said[name]) for name in ("registers", "operands", "buffers")
    )
    return _Evidence(registers, operands, said["descriptors"], buffers)
