"""The module stack: text that gives moved locals their place in the arena.

The stack pointer and the limit are the host's, in initial-exec TLS outside every arena; a function that moves
locals takes its frame on entry, traps unless it lies in the stack, and gives it back before each return.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from passes.analysis.locals import Local
from passes.ir.types import round_up

FRAME_ALIGN = 16


@dataclass(frozen=True)
class StackNames:
    """The symbols and constants of abi.h that the text refers to."""

    pointer: str
    limit: str
    size: int  # bytes of a module stack
    trap: int  # FP_TRAP_STACK

    def trap_block(self, label: str, suffix: str) -> list[str]:
        """A block that reports the stack as exhausted."""
        return [f"{label}:", f"call void @llvm.ubsantrap(i8 {self.trap}){suffix}", "unreachable"]

    @property
    def declarations(self) -> tuple[str, ...]:
        """The two TLS variables of the host."""
        return tuple(
            f"@{n} = external thread_local(initialexec) global ptr, align 8"
            for n in (self.pointer, self.limit)
        )

    def check(self, name: str, pointer: str, size: int) -> list[str]:
        """Lines that make %NAME.outside true unless `size` bytes at `pointer` are in the module stack.

        Both ends are compared, with the limit, which is the host's alone: the stack pointer is not believed.
        """
        room = self.size - size
        return [
            f"%{name}.limit = load ptr, ptr @{self.limit}, align 8",
            f"%{name}.low = ptrtoint ptr %{name}.limit to i64",
            f"%{name}.address = ptrtoint ptr {pointer} to i64",
            f"%{name}.distance = sub i64 %{name}.address, %{name}.low",
            f"%{name}.outside = icmp ugt i64 %{name}.distance, {room}"
            if room >= 0
            else f"%{name}.outside = icmp uge i64 %{name}.distance, 0",  # always
        ]


@dataclass
class Frame:
    """One function's frame on the module stack; offsets count from its lowest byte."""

    names: StackNames
    offsets: dict[str, int] = field(default_factory=dict)
    size: int = 0
    align: int = FRAME_ALIGN
    dynamic: bool = False

    @property
    def is_used(self) -> bool:
        """Whether the function touches the module stack at all."""
        return bool(self.offsets) or self.dynamic

    def enter(self) -> list[str]:
        """Lines that take the frame; they end in the block `fp.framed`."""
        pointer = self.names.pointer
        lines = [f"%fp.caller = load ptr, ptr @{pointer}, align 8"]
        if not self.offsets:
            return lines
        lines += [
            f"%fp.lowered = getelementptr i8, ptr %fp.caller, i64 -{self.size}",
            f"%fp.frame = call ptr @llvm.ptrmask.p0.i64(ptr %fp.lowered, i64 -{self.align})"
            if self.align > FRAME_ALIGN
            else "%fp.frame = freeze ptr %fp.lowered",
            *self.names.check("fp.frame", "%fp.frame", self.size),
            "br i1 %fp.frame.outside, label %fp.overflow, label %fp.framed, !prof !UNLIKELY",
            "fp.framed:",
            f"store ptr %fp.frame, ptr @{pointer}, align 8",
        ]
        return lines + [
            f"{name} = getelementptr i8, ptr %fp.frame, i64 {offset}" for name, offset in self.offsets.items()
        ]

    def leave(self) -> list[str]:
        """Lines before a return."""
        return [f"store ptr %fp.caller, ptr @{self.names.pointer}, align 8"] if self.is_used else []

    def cold(self, suffix: str) -> list[str]:
        """Blocks at the end of the function; `suffix` names the place its trap is reported at."""
        return self.names.trap_block("fp.overflow", suffix) if self.offsets else []


def lay_out_frame(locals_: dict[str, Local], names: StackNames) -> Frame:
    """The frame of the locals that move; those of unknown size are taken when they are reached."""
    frame = Frame(names)
    moved = [local for local in locals_.values() if local.moves]
    frame.dynamic = any(local.size < 0 for local in moved)
    for local in sorted((m for m in moved if m.size >= 0), key=lambda m: (-m.align, m.name)):
        frame.offsets[local.name] = frame.size = round_up(frame.size, local.align)
        frame.size += min(max(local.size, 1), names.size + 1)
        frame.align = max(frame.align, local.align)
    # A frame that never fits is none: were it taken at its size, the address below it could wrap around.
    frame.size = round_up(min(frame.size, names.size + 1), FRAME_ALIGN)
    return frame


def runtime_functions(names: StackNames) -> list[str]:
    """Functions of modules with locals of dynamic size: take `count * size` bytes; give back to a mark.

    Taking gives null if the stack is exhausted. The caller checks what it is given (`StackNames.check`), and
    traps, so that the report names its line.
    """
    pointer, limit = names.pointer, names.limit
    return [
        "define internal ptr @fp.allocate(i64 %count, i64 %size, i64 %mask) #0 {",
        "entry:",
        f"%now = load ptr, ptr @{pointer}, align 8",
        f"%low = load ptr, ptr @{limit}, align 8",
        f"%few = call i64 @llvm.umin.i64(i64 %count, i64 {names.size + 1})",
        f"%small = call i64 @llvm.umin.i64(i64 %size, i64 {names.size + 1})",
        "%bytes = mul i64 %few, %small",
        "%a = ptrtoint ptr %now to i64",
        "%b = ptrtoint ptr %low to i64",
        "%room = sub i64 %a, %b",
        "%much = icmp ugt i64 %bytes, %room",
        "br i1 %much, label %full, label %fits",
        "fits:",
        "%negated = sub i64 0, %bytes",
        "%raw = getelementptr i8, ptr %now, i64 %negated",
        "%new = call ptr @llvm.ptrmask.p0.i64(ptr %raw, i64 %mask)",
        "%under = icmp ult ptr %new, %low",
        "br i1 %under, label %full, label %take",
        "take:",
        f"store ptr %new, ptr @{pointer}, align 8",
        "ret ptr %new",
        "full:",
        "ret ptr null",
        "}",
        "define internal void @fp.release(ptr %mark) #0 {",
        "entry:",
        f"%now = load ptr, ptr @{pointer}, align 8",
        "%a = ptrtoint ptr %mark to i64",
        "%b = ptrtoint ptr %now to i64",
        "%up = sub i64 %a, %b",
        f"%bad = icmp ugt i64 %up, {names.size}",
        "br i1 %bad, label %trap, label %give",
        "give:",
        f"store ptr %mark, ptr @{pointer}, align 8",
        "ret void",
        *names.trap_block("trap", ""),
        "}",
    ]
