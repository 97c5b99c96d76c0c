"""The decoder reads what the processor runs: capstone, which shares nothing with it, must read the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fpcc.verifier.decoder import decode_at
from fpcc.verifier.encoding import UndecodableError
from fpcc.verifier.form import LEGACY, Form, Key
from fpcc.verifier.image import read_image
from fpcc.verifier.model import Instruction, Mem
from fpcc.verifier.opcode_table import iterate_forms
from fpcc.verifier.program import decode_program
from tests.verifier.capstone_oracle import find_disagreement, find_unseen_write

ADDRESS = 0x12340
ALLOWED = [(key, form) for key, form in iterate_forms() if form.allowed]
ABSENT = [(key, form) for key, form in iterate_forms() if not form.allowed]

_MAPS = {"": b"", "0F": b"\x0f", "0F38": b"\x0f\x38", "0F3A": b"\x0f\x3a"}
_VEX_MAPS = {"0F": 1, "0F38": 2, "0F3A": 3}


def read(code: bytes) -> Instruction | None:
    try:
        return decode_at(code, 0, ADDRESS)
    except UndecodableError:
        return None


def why_refused(code: str) -> str:
    with pytest.raises(UndecodableError) as refusal:
        decode_at(bytes.fromhex(code), 0, ADDRESS)
    return str(refusal.value)


def encode(key: Key, form: Form, rest: bytes) -> bytes:
    """An instruction of this form; `rest` fills what the form leaves open: 16 bytes."""
    modrm = _encode_modrm(form.modrm, rest[0])
    if key.space == LEGACY:
        prefixes = bytes(byte for bit, byte in ((1, 0x66), (2, 0xF3), (4, 0xF2)) if key.prefixes & bit)
        rex = bytes([0x40 | key.wide << 3 | rest[1] & 7]) if key.wide or rest[1] & 8 else b""
        return prefixes + rex + _MAPS[key.map] + bytes([key.opcode]) + modrm + rest[3:]
    vvvv = rest[2] & 15 if form.vvvv else 15
    pp = (0, 1, 2, None, 3)[key.prefixes] or 0
    head = bytes(
        [0xC4, rest[1] & 0xE0 | _VEX_MAPS[key.map], key.wide << 7 | vvvv << 3 | key.length << 2 | pp]
    )
    return head + bytes([key.opcode]) + modrm + rest[3:]


def _encode_modrm(modrm: str, filling: int) -> bytes:
    if modrm[:1] == "!":
        return bytes.fromhex(modrm[1:])
    if modrm[1:].isdigit():
        filling = filling & 0o307 | int(modrm[1:]) << 3
    return bytes([filling] if modrm else [])


@given(data=st.data())
def test_every_form_reads_as_capstone_reads_it(data: st.DataObject) -> None:
    rest = data.draw(st.binary(min_size=16, max_size=16))
    extra = data.draw(st.sampled_from([b"", b"", b"", b"\x65\x67", b"\x64", b"\xf0", b"\x67"]))
    start = data.draw(st.integers(0, 63))
    accepted = [i for key, form in ALLOWED[start::64] if (i := read(extra + encode(key, form, rest)))]
    assert not [found for i in accepted if (found := find_disagreement(i) or find_unseen_write(i))]


@given(st.binary(min_size=1, max_size=20))
def test_whatever_is_accepted_reads_as_capstone_reads_it(code: bytes) -> None:
    instruction = read(code)
    assert instruction is None or not find_disagreement(instruction)


def test_every_form_is_reached_by_some_bytes() -> None:
    fillings = [bytes([modrm, 0xE0, 0, *[0x20] * 13]) for modrm in (0x03, 0xC3, 0x1B, 0xDB)]
    fillings.append(bytes([0x1C, 0xE0, 0, *[0x08] * 13]))  # with an index
    names = {i.row.notation for key, form in ALLOWED for f in fillings if (i := read(encode(key, form, f)))}
    assert {form.row.notation for _, form in ALLOWED} == names


def test_what_is_refused_by_name_says_why() -> None:
    for key, form in ABSENT:
        filling = bytes([0x03 if form.memory else 0xC3, *[0] * 15])
        assert f"{form.row.group}: {form.row.reason}" in why_refused(encode(key, form, filling).hex())


def test_text_of_a_module_reads_as_capstone_reads_it(module: bytes) -> None:
    program, refused = decode_program(read_image(module))
    assert not refused
    assert len(program.instructions) > 1000
    assert not [found for i in program.instructions if (found := find_disagreement(i))]
    assert sum(i.size for i in program.instructions) == len(program.image.text)


REFUSED = {
    "rep ret": "f3c3",
    "a prefix twice": "666689c8",
    "gs twice": "65658b00",
    "gs and fs": "64658b00",
    "cs on a load": "2e8b00",
    "gs on registers": "6589c8",
    "a 32-bit address on registers": "6789c8",
    "gs on lea": "65488d00",
    "a 32-bit address relative to eip": "67488b0500000000",
    "rex before another prefix": "48668b00",
    "rex before vex": "48c5f877",
    "66 before vex": "66c5f877",
    "lock on a load": "f0488b00",
    "lock on registers": "f04801c8",
    "rex.w push": "4850",
    "66 push": "6650",
    "66 jump": "66e900000000",
    "bnd jump": "f2e900000000",
    "notrack jump": "3eff25000000",
    "rex that extends nothing": "4190",
    "evex": "62f17c48100",
    "vex.vvvv where it is not used": "c5c81000",
    "a bit number in a register, on memory": "480fab08",
    "a bit test with a number in a register, on memory": "480fa308",
    "a bounds table's entry without an index": "0f1a10",
    "a bounds table's entry without an index, by an SIB byte": "0f1a1420",
    "a bounds table's entry without a base": "0f1a140d00000000",
    "a bounds table's entry relative to rip": "0f1a1500000000",
    "a bounds table's entry with a scale": "0f1a1448",
    "a bounds table's entry with a segment": "640f1a1408",
    "a bounds table's entry by 32 bits": "670f1a1408",
    "a bounds table's entry of no bound register": "0f1a2408",
    "bounds of fs": "64f30f1b1408",
    "bounds of 32 bits": "67f30f1b1408",
    "bounds from memory": "660f1a10",
    "bounds between registers": "660f1bd1",
    "an absolute address": "48a10000000000000000",
    "fs on a jump through memory": "64ff2500000000",
    "an indirect call": "ffd0",
    "an indirect call through memory": "ff1500000000",
    "an indirect jump": "ffe0",
    "a far call": "ff1f",
    "mulx with a segment and no memory": "65c4e2fbf6c0",
    "xlat": "d7",
    "gather": "c4e2f1900408",
    "x87": "d9c0",
    "wrgsbase": "f3480faed8",
    "ldmxcsr": "0fae10",
    "std": "fd",
    "popf": "9d",
    "a segment load": "8ed8",
    "bare string store": "aa",
    "rep string store": "f348ab",
    "xrstor": "0fae28",
    "enter": "c8000000",
    "ends too early": "488b",
    "immediate cut off": "48b80011",
}


@pytest.mark.parametrize("name", REFUSED)
def test_tricks_are_refused(name: str) -> None:
    code = REFUSED[name]
    assert why_refused(code[: len(code) // 2 * 2])


ACCESSES = {
    "48 8b 03": ("r", 8),
    "48 89 03": ("w", 8),
    "48 01 03": ("rw", 8),
    "48 39 03": ("r", 8),
    "f0 48 0f c1 03": ("rw", 8),  # xadd
    "48 87 03": ("rw", 8),  # xchg
    "0f b0 0b": ("rw", 1),  # cmpxchg
    "48 0f c7 0b": ("rw", 16),  # cmpxchg16b
    "c4 e2 fb f6 03": ("r", 8),  # mulx
    "ff 33": ("r", 8),  # push
    "8f 03": ("w", 8),  # pop
    "0f 94 03": ("w", 1),  # sete
    "0f c3 03": ("w", 4),  # movnti
    "c5 fd e7 03": ("w", 32),  # vmovntdq
    "c5 fa 11 03": ("w", 4),  # vmovss
    "c4 e2 75 2e 03": ("w", 32),  # vmaskmovps
    "c4 e2 71 8e 03": ("w", 16),  # vpmaskmovd
    "c4 e2 7d 58 03": ("r", 4),  # vpbroadcastd
    "c4 e3 7d 39 03 01": ("w", 16),  # vextracti128
    "c4 e3 7d 1d 03 00": ("w", 16),  # vcvtps2ph
    "66 0f 3a 14 03 00": ("w", 1),  # pextrb
    "66 0f c4 03 00": ("r", 2),  # pinsrw
    "0f 18 03": ("", 0),  # prefetchnta
    "48 8d 03": ("", 0),  # lea
    "0f 1f 03": ("", 0),  # nop
}


@pytest.mark.parametrize("code", ACCESSES)
def test_memory_is_accessed_as_the_manual_says(code: str) -> None:
    instruction = read(bytes.fromhex(code))
    assert instruction is not None
    (found,) = [
        (access, operand.size)
        for operand, access in zip(instruction.operands, instruction.access, strict=True)
        if isinstance(operand, Mem)
    ]
    assert found == ACCESSES[code]


def test_padding_of_any_length_is_one_instruction() -> None:
    for code in ("90", "6690", "0f1f00", "662e0f1f840000000000", "66666666662e0f1f840000000000"):
        instruction = read(bytes.fromhex(code))
        assert instruction is not None and instruction.kind == "nop" and instruction.size == len(code) // 2


def test_high_byte_registers_need_the_absence_of_rex() -> None:
    assert str(read(bytes.fromhex("88e0"))) == "mov al, ah"
    assert str(read(bytes.fromhex("4088e0"))) == "mov al, spl"
