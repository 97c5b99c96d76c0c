"""The allow-list as the decoder wants it: by opcode, then by ModRM byte."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from fpcc.verifier.form import Form, Key
from fpcc.verifier.notation import expand_line, read_row
from fpcc.verifier.rows import Group
from fpcc.verifier.rows_absent import ABSENT
from fpcc.verifier.rows_integer import INTEGER
from fpcc.verifier.rows_vector import VECTOR
from fpcc.verifier.rows_vector_move import VECTOR_MOVE

ALLOWED: tuple[Group, ...] = (*INTEGER, *VECTOR, *VECTOR_MOVE)

# For each key the form of every ModRM byte, or one form for opcodes that have none.
OpcodeTable = dict[tuple[str, str, int, int, int, int], tuple[Form | None, ...] | Form]


@functools.cache
def opcode_table() -> OpcodeTable:
    """The table of everything allowed and everything refused by name."""
    plain: dict[Key, Form] = {}
    by_modrm: dict[Key, list[Form | None]] = {}
    for key, form in iterate_forms():
        if not form.modrm:
            _insert_once(plain, key, form)
            continue
        forms = by_modrm.setdefault(key, [None] * 256)
        for modrm in _modrm_bytes(form):
            _place(forms, modrm, form)
    return _joined(plain, by_modrm)


def iterate_forms() -> Iterator[tuple[Key, Form]]:
    """Every form of every list: first all that is allowed, then what is refused by name."""
    for groups, allowed in ((ALLOWED, True), (ABSENT, False)):
        for group in groups:
            yield from _group_forms(group, allowed)


def _group_forms(group: Group, allowed: bool) -> Iterator[tuple[Key, Form]]:
    for line in group.rows.splitlines():
        for row in expand_line(line) if line.strip() else ():
            yield from read_row(row, group.name, group.reason, allowed)


def _joined(plain: dict[Key, Form], by_modrm: dict[Key, list[Form | None]]) -> OpcodeTable:
    if shared := plain.keys() & by_modrm.keys():
        raise ValueError(f"opcodes with and without ModRM: {shared}")
    table: OpcodeTable = {_flat(key): form for key, form in plain.items()}
    table.update((_flat(key), tuple(forms)) for key, forms in by_modrm.items())
    return table


def _flat(key: Key) -> tuple[str, str, int, int, int, int]:
    return (key.space, key.map, key.opcode, key.prefixes, key.wide, key.length)


def _insert_once(plain: dict[Key, Form], key: Key, form: Form) -> None:
    if key in plain:
        raise ValueError(f"two rows for one opcode: {plain[key].row.notation} / {form.row.notation}")
    plain[key] = form


def _place(forms: list[Form | None], modrm: int, form: Form) -> None:
    other = forms[modrm]
    if other is not None and form.allowed:
        raise ValueError(f"two rows for one opcode: {other.row.notation} / {form.row.notation}")
    forms[modrm] = other or form


def _modrm_bytes(form: Form) -> list[int]:
    if form.modrm[0] == "!":
        return [int(form.modrm[1:], 16)]
    reg = None if form.modrm == "/r" else int(form.modrm[1:])
    return [
        modrm
        for modrm in range(256)
        if (reg is None or reg == modrm >> 3 & 7) and (form.register if modrm >= 0xC0 else form.memory)
    ]
