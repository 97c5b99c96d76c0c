"""The places of accesses in IR, read without fpcc's own reader: what the expression tests compare with."""

from __future__ import annotations

import re
from dataclasses import dataclass

import llvmlite.binding as llvm

_ACCESS = re.compile(
    r"^\s+(?:%\S+ = )?(?:tail |notail )?"
    r"(?P<what>load|store|atomicrmw|cmpxchg|call [^@]*@llvm\.mem(?:cpy|set|move))\b.*!dbg (?P<place>!\d+)",
    re.MULTILINE,
)
_KINDS = {"load": "load", "store": "store", "atomicrmw": "atomic", "cmpxchg": "atomic"}


@dataclass(frozen=True)
class Place:
    """One access of the IR and what its debug location says."""

    kind: str  # "load", "store", "copy", "atomic"
    file: str
    line: int
    column: int


def optimise(ir: str, only_locals: bool = False) -> str:
    """`ir` after -O2, or with nothing but its locals turned into values."""
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    module = llvm.parse_assembly(ir)
    machine = llvm.Target.from_triple("x86_64-linux-musl").create_target_machine(cpu="x86-64-v3")
    builder = llvm.create_pass_builder(machine, llvm.create_pipeline_tuning_options(speed_level=2))
    passes = llvm.create_new_module_pass_manager() if only_locals else builder.getModulePassManager()
    if only_locals:
        passes.add_sroa_pass()
    passes.run(module, builder)
    return str(module)


def find_places(ir: str) -> list[Place]:
    """Every load, store, atomic and memory intrinsic of `ir` that has a debug location."""
    nodes = dict(re.findall(r"^(!\d+) = (.*)$", ir, re.MULTILINE))
    return [
        _place(_KINDS.get(found["what"].split()[0], "copy"), nodes[found["place"]], nodes)
        for found in _ACCESS.finditer(ir)
    ]


def _place(kind: str, node: str, nodes: dict[str, str]) -> Place:
    line, column = (re.search(rf"\b{word}: (\d+)", node) for word in ("line", "column"))
    file = _file_of(node, nodes)
    return Place(kind, file, int(line[1]) if line else 0, int(column[1]) if column else 0)


def _file_of(node: str, nodes: dict[str, str]) -> str:
    """The file of the innermost scope that names one."""
    while not (file := re.search(r"\bfile: (!\d+)", node)):
        scope = re.search(r"\bscope: (!\d+)", node)
        assert scope, node
        node = nodes[scope[1]]
    name = re.search(r'filename: "([^"]*)"', nodes[file[1]])
    assert name
    return name[1]
