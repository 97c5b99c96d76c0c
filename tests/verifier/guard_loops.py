"""Random functions with branches, loops, guards and accesses: some of which the guard rule proves."""

from __future__ import annotations

import random

from fpcc.abi import abi
from fpcc.module_link import assemble
from fpcc.verifier.decoder import decode_at
from fpcc.verifier.model import Instruction
from tests.verifier.text import text_of

TEXT = 0x11000  # where the code is in the arena

_WIDE = "rax rcx rdx rbx rsi r8 r9".split()
_NARROW = "eax ecx edx ebx esi r8d r9d".split()
_BYTES = "al cl dl bl sil r8b r9b".split()
_CONDITIONS = "b ae e ne be a s ns l ge le g".split()
_NUMBERS = (0, 1, 2, 3, 7, 8, 15, 16, 63, 64, 255, 256, 4095, 65535, 65536, -1, -2, -8, -64, -4096)


def random_functions(seed: int, count: int) -> tuple[bytes, tuple[Instruction, ...], frozenset[int]]:
    """Text, its instructions, and where each of `count` functions starts."""
    chance = random.Random(seed)
    lines = [".text", "start:"]
    for number in range(count):
        lines += _function(chance, number)
    lines += ["nop"] * 16
    text = text_of(assemble("\n".join(lines) + "\n"))
    found: list[Instruction] = []
    offset = 0
    while offset < len(text):
        found.append(decode_at(text, offset, TEXT + offset))
        offset += found[-1].size
    starts = {i.address for i, before in zip(found[1:], found, strict=False) if before.mnemonic == "ud2"}
    return text, tuple(found), frozenset({TEXT, *starts} - {found[-16].address})


def _function(chance: random.Random, number: int) -> list[str]:
    blocks = chance.randrange(3, 7)
    lines = [f"lea start-{TEXT}(%rip), %rbp", "neg %rbp", "mov 8(%rdi), %rsi", "mov 16(%rdi), %r8"]
    lines += [
        "mov 24(%rdi), %r9",
        "xor %eax, %eax",
        "mov $1, %ecx",
        "mov 40(%rdi), %edx",
        "movzbl 48(%rdi), %ebx",
    ]
    for block in range(blocks):
        lines.append(f"b{number}_{block}:")
        for _ in range(chance.randrange(1, 4)):
            lines += chance.choice(_MAKERS)(chance, number)
        lines += [_compare(chance), f"j{chance.choice(_CONDITIONS)} b{number}_{chance.randrange(blocks)}"]
    return [*lines, "ret", f"trap{number}: ud2"]


def _pair(chance: random.Random) -> tuple[str, str]:
    names = chance.choice((_WIDE, _WIDE, _NARROW))
    return f"%{chance.choice(names)}", f"%{chance.choice(names)}"


def _compute(chance: random.Random, _: int) -> list[str]:
    source, target = _pair(chance)
    name = chance.choice("mov mov add sub and or xor lea cmov and imul".split())
    if name == "lea":
        base, index = chance.choice(_WIDE), chance.choice(_WIDE)
        return [f"lea {chance.choice(_NUMBERS)}(%{base},%{index},{chance.choice((1, 2, 4, 8))}), {target}"]
    if name == "cmov":
        return [_compare(chance), f"cmov{chance.choice(_CONDITIONS)} {source}, {target}"]
    if chance.randrange(2) and name != "mov":
        source = f"${chance.choice(_NUMBERS)}"
    return [f"{name} {source}, {target}"]


def _step(chance: random.Random, _: int) -> list[str]:
    _, target = _pair(chance)
    name = chance.choice(
        (f"add ${chance.choice(_NUMBERS)},", "inc", "dec", "neg", "not", "shr $3,", "shl $2,")
    )
    return [f"{name} {target}"]


def _narrow(chance: random.Random, _: int) -> list[str]:
    number, other = chance.randrange(7), chance.randrange(7)
    lines = (
        f"movzbl %{_BYTES[number]}, %{_NARROW[other]}",
        f"movslq %{_NARROW[number]}, %{_WIDE[other]}",
        f"mov %{_NARROW[number]}, %{_NARROW[number]}",
        f"set{chance.choice(_CONDITIONS)} %{_BYTES[number]}",
        f"and ${chance.choice((1, 7, 255, 4095, -8, -64))}, %{_NARROW[number]}",
        f"shrx %{_WIDE[other]}, %{_WIDE[number]}, %{_WIDE[chance.randrange(7)]}",
        f"mov %{_BYTES[number]}, %{_BYTES[other]}",
        f"bzhi %{_NARROW[number]}, %{_NARROW[other]}, %{_NARROW[chance.randrange(7)]}",
        f"mov %{_WIDE[number]}, -8(%rsp)\nmov -8(%rsp), %{_WIDE[other]}",
        f"mov %{_WIDE[number]}, -16(%rsp)",
        f"mov -16(%rsp), %{chance.choice((_WIDE, _NARROW))[other]}",
    )
    return [chance.choice(lines)]


def _guard(chance: random.Random, number: int) -> list[str]:
    root, scratch = chance.choice(_WIDE), chance.choice(_WIDE)
    reach = abi().number("FP_ARENA_REACH")
    check = [f"lea (%{root},%rbp), %{scratch}", f"cmp ${reach}, %{scratch}", f"ja trap{number}"]
    return [*check, *_access_to(chance, root)] if root != scratch else check


def _access(chance: random.Random, _: int) -> list[str]:
    return _access_to(chance, chance.choice(_WIDE))


def _access_to(chance: random.Random, register: str) -> list[str]:
    place = chance.choice(
        (
            f"{chance.choice(_NUMBERS)}(%{register})",
            f"(%rdi,%{register},{chance.choice((1, 4, 8))})",
            f"{chance.choice(_NUMBERS)}(%{register},%{chance.choice(_WIDE)},{chance.choice((1, 8))})",
        )
    )
    names = chance.choice((_WIDE, _NARROW))
    return [chance.choice((f"mov {place}, %{chance.choice(names)}", f"mov %{chance.choice(names)}, {place}"))]


def _compare(chance: random.Random) -> str:
    left, right = _pair(chance)
    if chance.randrange(2):
        left = f"${chance.choice(_NUMBERS)}"
    name = chance.choice(("cmp", "cmp", "test"))
    return f"{name} {left}, {right}"


_MAKERS = (_compute, _compute, _step, _narrow, _narrow, _guard, _guard, _access)
