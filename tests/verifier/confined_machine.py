"""An emulated processor that runs a module and looks at everything it touches: what the verifier promises.

Memory is laid out as the host does it; of the host itself there is nothing, so that whatever a module touches
outside is seen by its address. Where the host would contain a fault (guard zones, unmapped parts of the
arena, read-only pages, the pages below the native stack) the run ends as a fault.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field

from unicorn import (
    UC_ARCH_X86,
    UC_ERR_INSN_INVALID,
    UC_HOOK_CODE,
    UC_HOOK_MEM_FETCH_PROT,
    UC_HOOK_MEM_FETCH_UNMAPPED,
    UC_HOOK_MEM_READ,
    UC_HOOK_MEM_READ_PROT,
    UC_HOOK_MEM_READ_UNMAPPED,
    UC_HOOK_MEM_WRITE,
    UC_HOOK_MEM_WRITE_PROT,
    UC_HOOK_MEM_WRITE_UNMAPPED,
    UC_MEM_READ,
    UC_MEM_READ_PROT,
    UC_MEM_READ_UNMAPPED,
    UC_MODE_64,
    UC_PROT_ALL,
    UC_PROT_EXEC,
    UC_PROT_READ,
    UC_PROT_WRITE,
    Uc,
    UcError,
    x86_const,
)

from fpcc.abi import abi
from tests.verifier.bound_registers import passes_check
from tests.verifier.loaded_module import PAGE, LoadedModule, word

ARENA = 0x5000_0000_0000  # where the arena lies in the emulated address space
STACK = 0x6000_0000_0000  # the lowest byte of the native stack
HOST = 0x6100_0000_0000  # imports: each is one `ret`
THREAD = 0x6200_0000_0800  # fs; the host's two variables lie below it
RETURN = HOST + PAGE - 1  # where entry points return to

# Offsets from fs.
VARIABLES = {
    "FP_SYM_STACK_POINTER": -8,
    "FP_SYM_STACK_LIMIT": -16,
    "FP_SYM_WINDOW": -24,
    "FP_SYM_WINDOW_REACH": -32,
}
PACKETS = 32 * PAGE
RED_ZONE, ARGUMENTS = 128, 1024
STACK_GUARD = 0x40000  # bytes below the native stack that are never mapped
LONGEST = 15  # bytes of an instruction; unicorn says more of what it does not know
TOP = STACK + 0x8000  # rsp on entry, below what the host's own frames hold

_GENERAL = tuple("rax rcx rdx rbx rsp rbp rsi rdi r8 r9 r10 r11 r12 r13 r14 r15".split())
_NUMBERS = {name: getattr(x86_const, f"UC_X86_REG_{name.upper()}") for name in _GENERAL}
_CALLEE_SAVED = ("rbx", "rbp", "r12", "r13", "r14", "r15")
_CLOBBERED = ("rax", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11")
_RETURN, _CALL, _REX = b"\xc3", b"\xe8", bytes(range(0x40, 0x50))
_TRAPS, _BEFORE_TRAPS = (b"\x0f\x0b", b"\x0f\xb9"), bytes((0x64, 0x65, 0x67, *range(0x40, 0x50)))
_READS = (UC_MEM_READ, UC_MEM_READ_UNMAPPED, UC_MEM_READ_PROT)


class EscapeError(Exception):
    """The module did what the verifier promises it cannot."""


@dataclass
class Outcome:
    """How a run ended: "returned", "fault", "trap", "endless" or "unknown instruction"."""

    end: str
    instructions: int


@dataclass
class Frame:
    """A call: where its return address lies, what it is, and the registers to be given back."""

    slot: int
    back: int
    saved: tuple[int, ...]


@dataclass
class ConfinedMachine:
    """One module in one emulated process; `starts` are the addresses where instructions begin."""

    module: LoadedModule
    starts: frozenset[int]
    confines_reads: bool
    chance: random.Random
    escape: str = ""
    stopped: str = ""  # how the run ended that a check against a bound register has stopped
    frames: list[Frame] = field(default_factory=list)
    count: int = 0
    image_base: int = 0  # where address 0 of the module's file lies: the host may choose
    uc: Uc = field(default_factory=lambda: Uc(UC_ARCH_X86, UC_MODE_64))

    def __post_init__(self) -> None:
        self.image_base = ARENA + PAGE * self.chance.randrange(abi().number("FP_IMAGE_SHIFT_MAX") // PAGE + 1)
        self._map_image()
        self._map_rest()
        self.uc.reg_write(x86_const.UC_X86_REG_GS_BASE, ARENA)
        self.uc.reg_write(x86_const.UC_X86_REG_FS_BASE, THREAD)
        self.uc.hook_add(UC_HOOK_CODE, self._on_instruction)
        self.uc.hook_add(UC_HOOK_MEM_READ | UC_HOOK_MEM_WRITE, self._on_access)
        self.uc.hook_add(
            UC_HOOK_MEM_READ_UNMAPPED
            | UC_HOOK_MEM_WRITE_UNMAPPED
            | UC_HOOK_MEM_READ_PROT
            | UC_HOOK_MEM_WRITE_PROT,
            self._on_access,
        )
        self.uc.hook_add(UC_HOOK_MEM_FETCH_UNMAPPED | UC_HOOK_MEM_FETCH_PROT, self._on_fetch)

    def run(self, start: int, registers: Mapping[str, int], limit: int) -> Outcome:
        """Calls the function at address `start` of the file; EscapeError."""
        for name in _GENERAL:
            self.uc.reg_write(_NUMBERS[name], registers[name] % (1 << 64))
        self.uc.reg_write(_NUMBERS["rsp"], TOP)
        self.uc.mem_write(TOP, word(RETURN))
        self.frames, self.escape, self.stopped, self.count = [], "", "", 0
        self._enter(TOP, RETURN)
        end = "returned"
        try:
            self.uc.emu_start(self.image_base + start, RETURN, count=limit)
        except UcError as error:
            end = self._unknown() if error.errno == UC_ERR_INSN_INVALID else "fault"
        if self.escape:
            raise EscapeError(self.escape)
        return Outcome(self.stopped or "endless" if end == "returned" and self.frames else end, self.count)

    def _unknown(self) -> str:
        """The emulator has no AVX; ud1 and ud2 it rightly does not know."""
        code = self.uc.mem_read(self.uc.reg_read(x86_const.UC_X86_REG_RIP), 5).lstrip(_BEFORE_TRAPS)
        return "trap" if code[:2] in _TRAPS else "unknown instruction"

    def _map_image(self) -> None:
        for pages in self.module.pages:
            self.uc.mem_map(self.image_base + pages.start, len(pages.content), UC_PROT_ALL)
            self.uc.mem_write(self.image_base + pages.start, pages.content)
        values = {slot: self.image_base + value for slot, value in self.module.own.items()}
        names = sorted(set(self.module.imports.values()))
        values |= {slot: HOST + names.index(name) for slot, name in self.module.imports.items()}
        offsets = {abi().text(key): offset for key, offset in VARIABLES.items()}
        values |= {slot: offsets[name] for slot, name in self.module.variables.items()}
        for slot, value in values.items():
            self.uc.mem_write(self.image_base + slot, word(value))
        for pages in self.module.pages:
            self.uc.mem_protect(self.image_base + pages.start, len(pages.content), _RIGHTS[pages.rights])
        if self.module.sealed:
            sealed = self.image_base + self.module.sealed.start
            self.uc.mem_protect(sealed, len(self.module.sealed), UC_PROT_READ)

    def _map_rest(self) -> None:
        number = abi().number
        for offset, size, rights in (
            (number("FP_HEAP_OFFSET"), 4 * PAGE, UC_PROT_READ | UC_PROT_WRITE),
            (_module_stack(), 4 * PAGE, UC_PROT_READ | UC_PROT_WRITE),
            (number("FP_BATCH_OFFSET"), PAGE, UC_PROT_READ | UC_PROT_WRITE),
            (number("FP_ARGS_OFFSET"), PAGE, UC_PROT_READ),
            (number("FP_PACKETS_OFFSET"), PACKETS, UC_PROT_READ | UC_PROT_WRITE),
        ):
            self.uc.mem_map(ARENA + offset, size, rights)
        self.uc.mem_map(STACK, 16 * PAGE)
        self.uc.mem_map(HOST, PAGE)
        self.uc.mem_map(THREAD // PAGE * PAGE, PAGE)
        self.uc.mem_write(HOST, b"\xc3" * PAGE)
        self._set_variables()

    def _set_variables(self) -> None:
        values = {
            "FP_SYM_STACK_LIMIT": ARENA + _module_stack(),
            "FP_SYM_STACK_POINTER": ARENA + _module_stack() + 4 * PAGE - 64,
            "FP_SYM_WINDOW": -(ARENA + abi().number("FP_PACKETS_OFFSET")) % (1 << 64),
            "FP_SYM_WINDOW_REACH": PACKETS - 1,
        }
        for key, value in values.items():
            self.uc.mem_write(THREAD + VARIABLES[key], word(value))

    def _on_instruction(self, uc: Uc, address: int, size: int, data: object) -> None:
        self.count += 1
        if HOST <= address < HOST + PAGE:
            self._run_import()
        elif address - self.image_base not in self.starts:
            self._fail(f"runs at {address:#x}, where no instruction begins")
        if size <= LONGEST and not passes_check(bytes(uc.mem_read(address, size)), self._value_of):
            self.stopped = "fault"
            uc.emu_stop()
        code = bytes(uc.mem_read(address, min(size, LONGEST))).lstrip(_REX)
        if code[:1] == _CALL and len(code) == 5:
            self._enter(uc.reg_read(_NUMBERS["rsp"]) - 8, address + size)
        elif code == _RETURN:
            self._leave()

    def _value_of(self, register: int) -> int:
        return int(self.uc.reg_read(_NUMBERS[_GENERAL[register]])) - ARENA

    def _enter(self, slot: int, back: int) -> None:
        self.frames.append(Frame(slot, back, self._saved()))

    def _leave(self) -> None:
        frame, slot = self.frames.pop(), self.uc.reg_read(_NUMBERS["rsp"])
        back = int.from_bytes(self.uc.mem_read(slot, 8), "little")
        if (frame.slot, frame.back) != (slot, back):
            self._fail(
                f"returns to {back:#x} with rsp {slot:#x}, not to {frame.back:#x} with {frame.slot:#x}"
            )
        elif frame.saved != self._saved():
            self._fail(f"returns to {back:#x} with other callee-saved registers")

    def _saved(self) -> tuple[int, ...]:
        return tuple(self.uc.reg_read(_NUMBERS[name]) for name in _CALLEE_SAVED)

    def _run_import(self) -> None:
        """What any function of the host may do: leaves anything in registers and below the return address."""
        slot = self.uc.reg_read(_NUMBERS["rsp"])
        if self.frames[-1].slot != slot:
            self._fail(f"calls out with rsp {slot:#x}, not {self.frames[-1].slot:#x}")
        for name in _CLOBBERED:
            self.uc.reg_write(_NUMBERS[name], self.chance.getrandbits(64))
        low = max(slot - 1024, STACK)
        self.uc.mem_write(low, self.chance.randbytes(slot - low))

    def _on_fetch(self, uc: Uc, access: int, address: int, *rest: object) -> bool:
        if address:  # at 0 nothing is ever mapped: there lld's unused stub goes
            self._fail(f"jumps to {address:#x}")
        return False

    def _on_access(self, uc: Uc, access: int, address: int, size: int, *rest: object) -> bool:
        writes = access not in _READS
        if (writes or self.confines_reads) and not self._may_touch(address, size, writes):
            what = "writes" if writes else "reads"
            place = uc.reg_read(x86_const.UC_X86_REG_RIP) - self.image_base
            self._fail(f"{what} {size} bytes at {address:#x}, at {place:#x}")
        return False

    def _may_touch(self, address: int, size: int, writes: bool) -> bool:
        zone = abi().number("FP_GUARD_ZONE")
        if ARENA - zone <= address and address + size <= ARENA + abi().number("FP_ARENA_SIZE") + zone:
            return True  # by what is mapped there, and with which rights, the host contains it
        if STACK - STACK_GUARD <= address < STACK + 16 * PAGE:
            return self._may_touch_stack(address, size, writes)
        if HOST <= address < HOST + PAGE:
            return False
        variables = {offset: key for key, offset in VARIABLES.items()}
        key = variables.get(address - THREAD) if size == 8 else None
        return key == "FP_SYM_STACK_POINTER" or (key is not None and not writes)

    def _may_touch_stack(self, address: int, size: int, writes: bool) -> bool:
        if not self.frames:
            return not writes  # the last return
        slot = self.frames[-1].slot
        if address + size <= slot:
            return address >= self.uc.reg_read(_NUMBERS["rsp"]) - RED_ZONE - 8
        if writes:  # a call pushes its return address after it was noted here
            return address == slot and size == 8 and self._is_calling()
        return address >= slot + 8 and address + size <= slot + 8 + ARGUMENTS

    def _is_calling(self) -> bool:
        place = self.uc.reg_read(x86_const.UC_X86_REG_RIP)
        return bytes(self.uc.mem_read(place, 2)).lstrip(_REX)[:1] == _CALL

    def _fail(self, message: str) -> None:
        self.escape = self.escape or message
        self.uc.emu_stop()


_RIGHTS = {
    4: UC_PROT_READ,
    5: UC_PROT_READ | UC_PROT_EXEC,
    6: UC_PROT_READ | UC_PROT_WRITE,
}


def _module_stack() -> int:
    """The offset of the lowest mapped byte of the module stack."""
    number = abi().number
    return number("FP_STACK_OFFSET") + number("FP_STACK_SLOT") - 4 * PAGE
