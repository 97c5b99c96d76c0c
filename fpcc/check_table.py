"""Which guard a check of lowering `mpx` belongs to: the table that passes/asm/checks.py leaves in the module.

The instructions have no room for the number. The table may be hostile, as all of the file: what it says only
names a guard in a report.
"""

from __future__ import annotations

import struct

from passes.asm.checks import CHECK_BYTES, CHECK_ENTRY


def find_guard(table: bytes, address: int) -> int | None:
    """The number of the guard whose check has an instruction at `address`, None if there is none."""
    whole = len(table) - len(table) % struct.calcsize(CHECK_ENTRY)
    entries = struct.iter_unpack(CHECK_ENTRY, table[:whole])
    return next((guard for start, guard in entries if start <= address < start + CHECK_BYTES), None)
