"""Locals reached through a phi of their addresses end in registers, and the program computes what it did."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from ctypes import CFUNCTYPE, c_int64
from pathlib import Path

import llvmlite.binding as llvm
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fpcc.flags import parse_flags
from fpcc.optimizer import promote_locals
from fpcc.pipeline import run_pipeline, run_stages
from fpcc.stages.state import BuildOptions
from passes.untangle import untangle
from tests.passes.protected import name_values

CPU = "x86-64-v3"
EDGES = 4
Function = Callable[[int, int], int]

# Three times round: two bits of %edges say by which way, and so through which local, and the locals' values
# go on to the next turn.
PROGRAM = """
define i64 @f(i64 %edges, i64 %a) {{
entry:
{allocas}
  %sum = alloca i64, align 8
  store i64 0, ptr %sum, align 8
  br label %head
head:
  %turn = phi i64 [ 0, %entry ], [ %next, %merge ]
  %way = phi i64 [ %edges, %entry ], [ %rest, %merge ]
  %low = and i64 %way, 3
  %rest = lshr i64 %way, 2
  switch i64 %low, label %by0 [
    i64 1, label %by1
    i64 2, label %by2
    i64 3, label %by3
  ]
by0:
  br label %merge
by1:
  br label %merge
by2:
  br label %merge
by3:
  br label %merge
merge:
  %p = phi ptr {first}
  %q = phi ptr {second}
{body}
  %next = add i64 %turn, 1
  %again = icmp ult i64 %next, 3
  br i1 %again, label %head, label %done
done:
{end}
}}
"""


def write_program(first: Sequence[int], second: Sequence[int], deeds: Sequence[tuple[str, int]]) -> str:
    """`first` and `second` say, way by way, which local their phi names; `deeds` are done through them."""
    locals_ = sorted({*first, *second})
    allocas = [f"  %x{n} = alloca i64, align 8\n  store i64 {n + 1}, ptr %x{n}, align 8" for n in locals_]
    body: list[str] = []
    for at, (pointer, amount) in enumerate(deeds):
        body += [
            f"  %old{at} = load i64, ptr %{pointer}, align 8",
            f"  %mixed{at} = mul i64 %old{at}, {amount}",
            f"  %new{at} = add i64 %mixed{at}, %a",
            f"  store i64 %new{at}, ptr %{pointer}, align 8",
        ]
    end = ["  %t0 = load i64, ptr %sum, align 8"]
    for at, n in enumerate(locals_):
        end += [
            f"  %v{at} = load i64, ptr %x{n}, align 8",
            f"  %w{at} = mul i64 %v{at}, {2 * at + 3}",
            f"  %t{at + 1} = add i64 %t{at}, %w{at}",
        ]
    return PROGRAM.format(
        allocas="\n".join(allocas),
        first=phi(first),
        second=phi(second),
        body="\n".join(body),
        end="\n".join([*end, f"  ret i64 %t{len(locals_)}"]),
    )


def phi(chosen: Sequence[int]) -> str:
    return ", ".join(f"[ %x{local}, %by{way} ]" for way, local in enumerate(chosen))


def run(text: str, arguments: Sequence[tuple[int, int]]) -> list[int]:
    """What the function gives for each pair."""
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    module = llvm.parse_assembly(text)
    machine = llvm.Target.from_triple(llvm.get_process_triple()).create_target_machine()
    with llvm.create_mcjit_compiler(module, machine) as engine:
        engine.finalize_object()
        function = CFUNCTYPE(c_int64, c_int64, c_int64)(engine.get_function_address("f"))
        return [function(*pair) for pair in arguments]


ways = st.lists(st.integers(0, 3), min_size=EDGES, max_size=EDGES)


@settings(deadline=None)
@given(
    ways.filter(lambda it: len(set(it)) > 1),
    ways.filter(lambda it: len(set(it)) > 1),
    st.lists(st.tuples(st.sampled_from("pq"), st.integers(1, 9)), min_size=1, max_size=4),
    st.lists(st.tuples(st.integers(0, 63), st.integers(-(2**40), 2**40)), min_size=1, max_size=8),
)
def test_locals_end_in_registers_and_results_stay(
    first: list[int], second: list[int], deeds: list[tuple[str, int]], arguments: list[tuple[int, int]]
) -> None:
    text = name_values(write_program(first, second, deeds))
    apart = untangle(text)
    assert apart != text
    promoted = promote_locals(apart, CPU)
    assert "alloca" not in promoted
    assert run(apart, arguments) == run(promoted, arguments) == run(text, arguments)


def test_an_nf_needs_no_module_stack_for_its_counters_by_reason(repo: Path) -> None:
    options = BuildOptions((repo / "examples/nfs/lpm.c",), "lpm")
    moved, before = [], run_pipeline(options, until="optimise")
    for build in (run_stages(before, "protect", "audit"), run_pipeline(options, until="audit")):
        assert build.decisions is not None
        moved.append([local for local in build.decisions.moved_locals if local.startswith("process:")])
    assert len(moved[0]) == 4
    assert moved[1] == []


def test_the_locals_of_one_function_are_not_those_of_another() -> None:
    text = name_values(write_program([0, 1, 0, 1], [0, 0, 1, 1], [("p", 3), ("q", 5)]))
    other = text[text.index("define") :].replace("@f(", "@g(")
    both = untangle(f"{text}\n{other}")
    assert "phi ptr" not in both
    assert both.count("phi i1") == 2 * untangle(text).count("phi i1")


SOUND = name_values(write_program([0, 1, 0, 1], [0, 1, 0, 1], [("p", 3)]))
LEFT_ALONE = {
    "volatile": SOUND.replace("store i64 %new0, ptr %p", "store volatile i64 %new0, ptr %p"),
    "atomic": SOUND.replace("load i64, ptr %p, align", "load atomic i64, ptr %p monotonic, align"),
    "another type": SOUND.replace("%x0 = alloca i64", "%x0 = alloca i128"),
    "part of the local": SOUND.replace("%old0 = load i64, ptr %p", "%bits = load i32, ptr %p").replace(
        "%mixed0 = mul i64 %old0", "%old0 = zext i32 %bits to i64\n  %mixed0 = mul i64 %old0"
    ),
    "not all locals": SOUND.replace("phi ptr [ %x0, %by0 ]", "phi ptr [ null, %by0 ]"),
    "an address that gets away": SOUND.replace(
        "  ret i64", "  store i64 0, ptr %sum, align 8\n  store ptr %x1, ptr %sum, align 8\n  ret i64"
    ),
    "a phi that gets away": SOUND.replace(
        "  %next = add", "  store ptr %p, ptr %sum, align 8\n  %next = add"
    ),
    "a phi stored through itself": SOUND.replace(
        "  %next = add", "  store ptr %p, ptr %p, align 8\n  %next = add"
    ),
    "an offset": SOUND.replace("  %next = add", "  %far = getelementptr i8, ptr %p, i64 4\n  %next = add"),
    "a local that is not always there": SOUND.replace("  %x0 = alloca i64, align 8\n", "").replace(
        "head:", "middle:\n  %x0 = alloca i64, align 8\n  br label %head\nhead:", 1
    ),
}


@pytest.mark.parametrize("text", LEFT_ALONE.values(), ids=LEFT_ALONE)
def test_what_cannot_be_taken_apart_is_left_as_it_is(text: str) -> None:
    assert text != SOUND
    assert untangle(text) == text


def test_a_long_chain_of_choices_is_given_up() -> None:
    """Each choice shares a local with the next, and the first local gets away."""
    count = 3000
    allocas = "".join(f"  %a{n} = alloca i64, align 8\n" for n in range(count + 1))
    phis = "".join(f"  %p{n} = phi ptr [ %a{n}, %left ], [ %a{n + 1}, %right ]\n" for n in range(count))
    text = name_values(
        f"define void @f(i1 %c, ptr %q) {{\nentry:\n{allocas}  store ptr %a0, ptr %q, align 8\n"
        "  br i1 %c, label %left, label %right\nleft:\n  br label %merge\nright:\n  br label %merge\n"
        f"merge:\n{phis}  ret void\n}}\n"
    )
    assert untangle(text) == text


def test_library_functions_that_promoting_brings_in_are_there(tmp_path: Path) -> None:
    source = tmp_path / "nf.c"
    source.write_text(
        "#include <fastpaas/nf.h>\n#include <string.h>\nstatic volatile int flag;\nstatic char text[64];\n"
        "void process(struct fp_batch *batch)\n{\n"
        "\tuint32_t a = 1, b = 2, *p;\n"
        "\tif (flag) { p = &a; flag = 2; } else { p = &b; flag = 3; }\n\t*p = 77;\n"
        '\tbatch->packet[0].gate = (a + b + (strstr(text, "abc") == text)) & 7;\n}\n'
    )
    for level in "0123":
        options = BuildOptions((source,), "nf", flags=parse_flags((f"-O{level}",)))
        assert run_pipeline(options).module


def test_more_locals_than_are_worth_it_are_left_as_they_are() -> None:
    text = write_program([0, 1, 2, 3], [4, 4, 4, 4], [("p", 3)]).replace(
        "%x3, %by3", "%x3, %by3 ], [ %x4, %entry"
    )
    assert untangle(text) == text
