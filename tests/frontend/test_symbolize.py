"""Reports of faults: from the host's event and a real module to file, line, expression and what to do."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from capstone import CS_ARCH_X86, CS_MODE_64, Cs
from elftools.elf.elffile import ELFFile

from fpcc.abi import abi
from fpcc.errors import InputError
from fpcc.fault_words import ADVICE
from fpcc.flags import parse_flags
from fpcc.pipeline import run_pipeline
from fpcc.stages.state import BuildOptions
from fpcc.symbolize import describe_fault
from passes.model import Check, Decisions, Location, Site

REPO = Path(__file__).parent.parent.parent
SOURCE = "tests/frontend/faulty.c"
Report = Callable[..., str]


@pytest.fixture(scope="module")
def module(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The module built from faulty.c."""
    path = tmp_path_factory.mktemp("module") / "faulty.fpm"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(REPO)
        path.write_bytes(run_pipeline(BuildOptions((Path(SOURCE),), "faulty", flags=parse_flags([]))).module)
    return path


@pytest.fixture
def report(module: Path) -> Report:
    """The report of an event like the host's, with some fields of one's own."""

    def make(decisions: Decisions | None = None, **fields: Any) -> str:
        return describe_fault(module, decisions, event(**fields))

    return make


def event(**fields: Any) -> dict[str, Any]:
    """A fault as runtime/host/event.h has it."""
    usual = {
        "event": "fault",
        "node": "nf",
        "call": "process",
        "kind": "memory",
        "access": None,
        "guard": None,
    }
    usual |= {"pc": None, "address": None, "region": None, "region_offset": None, "detail": ""}
    usual |= {
        "packet": 32,
        "packets": 16,
        "capture": None,
        "policy": "drop",
        "consequence": "packets are dropped",
    }
    return usual | fields


def find_code(module: Path, mnemonic: str, operand: str = "") -> int:
    """The address of the one instruction that looks so."""
    text = ELFFile(io.BytesIO(module.read_bytes())).get_section_by_name(".text")
    code = Cs(CS_ARCH_X86, CS_MODE_64).disasm(text.data(), text["sh_addr"])
    found = [ins.address for ins in code if ins.mnemonic == mnemonic and operand in ins.op_str]
    assert len(found) == 1, found
    return int(found[0])


def line_of(text: str) -> int:
    return next(
        number for number, line in enumerate((REPO / SOURCE).read_text().splitlines(), 1) if text in line
    )


def test_a_processor_fault_names_access_line_and_caller(module: Path, report: Report) -> None:
    pc = find_code(module, "mov", "0x1234567")
    where = {"access": "write", "pc": pc, "address": "0x7f0020000010", "region": "heap", "region_offset": 16}
    line = line_of("= 0x1234567")
    headline, *rest = report(**where).splitlines()
    assert headline == (
        f"nf: fault: write of 4 bytes where no memory of the module is, at {SOURCE}:{line}:15 in mark()"
    )
    assert rest == [
        f"  {line} | \tplace[index] = 0x1234567;",
        "     | \t             ^",
        "  expression: place[index] = 0x1234567",
        f"  called:     at {SOURCE}:{line_of('mark(far')}:2 in process()",
        "  address:    heap + 0x10 (0x7f0020000010)",
        "  packets:    one of 32 to 47 (the batch it was handed)",
        f"  code:       offset {pc:#x} of the module",
        f"  look at:    {ADVICE['memory']}",
        "  next:       drop: packets are dropped",
    ]


def test_a_guard_is_found_by_its_number(module: Path, report: Report) -> None:
    text = report(kind="guard", guard=0, address="0x8", region="null page", region_offset=8)
    assert text.startswith(
        "nf: fault: write of 4 bytes through a pointer that leaves the module's memory, "
        f"at {SOURCE}:{line_of('= 0x1234567')}:15 in mark()\n"
    )
    assert (
        "\n  address:    0x8\n  in:         null page: a null pointer, or a small offset from one\n" in text
    )


def test_a_division_is_placed_in_the_inlined_function(module: Path, report: Report) -> None:
    text = report(kind="arithmetic", pc=find_code(module, "div"))
    assert text.startswith("nf: fault: division by zero, or a quotient that does not fit its type, ")
    assert f"at {SOURCE}:{line_of('return a / b')}:11 in ratio()" in text
    assert f"called:     at {SOURCE}:{line_of('table[ratio')}:8 in process()" in text
    assert "expression" not in text


def test_an_access_that_is_not_the_events_kind_is_not_blamed(module: Path, report: Report) -> None:
    assert "expression" not in report(access="execute", pc=find_code(module, "div"))
    assert "fault: jump where no memory" in report(access="execute", pc=0x123)


@pytest.mark.parametrize("pc", [None, 0, 0x10000, 0x7FFFFFFF, 1 << 40])
def test_a_program_counter_outside_the_code_still_gives_a_report(pc: int | None, report: Report) -> None:
    lines = report(access="read", pc=pc).splitlines()
    assert lines[0] == "nf: fault: read where no memory of the module is"
    assert lines[-1] == "  next:       drop: packets are dropped"


def test_packets_are_named_as_far_as_they_are_known(report: Report) -> None:
    assert "packets:    7\n" in report(packet=7, packets=1)
    assert "packets:    none: it happened in init()" in report(call="init", packet=None, packets=0)
    assert "capture:    fault.pcap" in report(capture="fault.pcap")


def evidence(numbers: Sequence[int]) -> dict[str, Any]:
    """Of a batch of packets with these numbers, of which nothing is known."""
    buffers = [0x7F0060000000 + 2048 * at for at in range(len(numbers))]
    where = {"descriptors": 0x7F0058000040, "buffers": buffers, "numbers": list(numbers)}
    return {"registers": [], "operands": [], **where}


def test_packets_that_are_not_in_a_row_are_named_as_such(report: Report) -> None:
    text = report(packet=7, packets=3, evidence=evidence([7, 9, 12]))
    assert "packets:    one of 3 packets between 7 and 12 (the batch it was handed)" in text
    assert "packets:    one of 7 to 9 (" in report(packet=7, packets=3, evidence=evidence([7, 8, 9]))


def test_a_packet_that_was_handed_to_the_host_is_named(report: Report) -> None:
    """With its place in the capture, from 1; two of them are no evidence, nor is the batch itself."""
    held = evidence([7, 9, 12])
    usual = {
        "kind": "memory",
        "pc": 0x11000,
        "packet": 7,
        "packets": 3,
        "capture": "f.pcap",
        "captured_from": 33,
    }

    def named(*operands: int) -> str:
        return report(**usual, evidence={**held, "operands": list(operands)})

    text = named(0x7F0020000000, 0x7F0060000000 + 2048 + 130)
    assert (
        "packets:    9, going by the addresses in use there; the batch is 3 packets between 7 and 12" in text
    )
    assert "capture:    f.pcap, packets 33 to 35 of it; 9 is its packet 34" in text
    assert "packets:    12, going" in named(0x7F0058000040 + 32 * 2 + 8)
    for unclear in ((0x7F0060000000, 0x7F0060000800), (0x7F0058000038,), (0x7F0060000000 + 3 * 2048,)):
        assert "packets:    one of 3 packets" in named(*unclear)
        assert "capture:    f.pcap, packets 33 to 35 of it\n" in named(*unclear)


def test_a_write_to_read_only_memory_is_called_so(module: Path, report: Report) -> None:
    """What holds code, what holds constants, and what is behind them, by the module's own file."""
    segments = [
        s for s in ELFFile(io.BytesIO(module.read_bytes())).iter_segments() if s["p_type"] == "PT_LOAD"
    ]
    start = abi().number("FP_IMAGE_OFFSET")
    (code,) = (s["p_vaddr"] - start for s in segments if s["p_flags"] & 1)
    end = max(s["p_vaddr"] + s["p_memsz"] for s in segments) - start
    where = {"access": "write", "region": "image", "address": "0x7f0000010000"}
    text = report(**where, region_offset=code)
    assert text.startswith("nf: fault: write to read-only memory\n")
    assert "  in:         image: code of the module, which is read-only" in text
    text = report(**where, region_offset=0)
    assert "  in:         image: constants of the module, which are read-only" in text
    nowhere = report(**where, region_offset=end + 4096)
    assert (
        nowhere.startswith("nf: fault: write where no memory of the module is\n") and "  in: " not in nowhere
    )
    assert "read-only memory" in report(
        access="write", region="args", region_offset=0, address="0x7f0059000000"
    )
    assert "read-only memory" not in report(**where | {"access": "read"}, region_offset=0)


def test_a_null_pointer_is_one_in_lowering_segment_too(report: Report) -> None:
    text = report(access="read", region="guard zone", region_offset=8, address="0x7f0000000008")
    assert "  in:         guard zone: likely a null pointer, or a small offset from one" in text
    text = report(access="read", region="guard zone", region_offset=8, address="0x7f001fff0008")
    assert "  in:         guard zone: between two regions of the module" in text


def test_details_of_the_host_are_shown_where_they_add_something(report: Report) -> None:
    detail = "fp_log: 4096 bytes at 0x10 lie outside the arena"
    assert f"  detail:     {detail}" in report(kind="api", detail=detail)
    assert "detail" not in report(kind="abort", detail="abort() or a failed assert()")


def test_a_kind_from_a_newer_host_is_shown_as_it_is(report: Report) -> None:
    assert report(kind="meteorite").startswith("nf: fault: meteorite")


def test_decisions_from_a_file_replace_those_in_the_module(module: Path, report: Report) -> None:
    pc = find_code(module, "mov", "0x1234567")
    text = report(decisions=Decisions(nf="", mode="", lowering=""), access="write", pc=pc)
    assert text.startswith(f"nf: fault: write where no memory of the module is, at {SOURCE}:")
    assert " | " not in text


def test_debug_information_cut_to_pieces_is_done_without(module: Path, tmp_path: Path) -> None:
    whole, pc = module.read_bytes(), find_code(module, "div")
    elf = ELFFile(io.BytesIO(whole))
    for name in (
        ".debug_line",
        ".debug_info",
        ".debug_abbrev",
        ".debug_str",
        ".debug_line_str",
        ".debug_rnglists",
    ):
        section = elf.get_section_by_name(name)
        if section is None:
            continue
        start, size = section["sh_offset"], section["sh_size"]
        for filler in (b"\xff", b"\x00", b"\x7f"):
            broken = tmp_path / "broken.fpm"
            broken.write_bytes(whole[:start] + filler * size + whole[start + size :])
            assert describe_fault(broken, None, event(kind="arithmetic", pc=pc)).startswith(
                "nf: fault: division"
            )


MISSED = {"check": 7, "site": 3, "object_size": 11, "offset": -2, "size": 4}


def test_an_object_that_was_missed_is_named_by_its_site(report: Report) -> None:
    place = Location(SOURCE, 4, 2)
    check = Check(7, "stray", place, "table[i]", "write", 4, "checked", "first_access")
    words = {
        Site(3, "global", "table", "", Location()): "an 11-byte variable `table`",
        Site(3, "local", "table.i.addr", "f", place): "an 11-byte local variable `table` in f()",
        Site(3, "heap", "malloc", "f", place): f"an 11-byte heap object allocated at {SOURCE}:4:2 in f()",
        Site(3, "packet", "", "", Location()): "an 11-byte packet buffer",
        Site(2, "packet", "", "", Location()): "an 11-byte object",  # of decisions that do not fit
    }
    for site, name in words.items():
        known = Decisions("nf", "pointer", "compare", checks=(check,), sites=(site,))
        text = report(known, kind="bounds", bounds=MISSED, address="0x1000")
        headline = f"nf: fault: write of 4 bytes at offset -2 of {name}, at {SOURCE}:4:2 in stray()"
        assert text.splitlines()[0] == headline
        assert "expression: table[i]" in text and ADVICE["bounds"] in text


def test_an_object_is_missed_without_decisions(report: Report) -> None:
    text = report(Decisions("", "", ""), kind="bounds", bounds=MISSED)
    assert text.startswith("nf: fault: access at offset -2 of an 11-byte object")


def test_a_pointer_without_an_object_is_one_that_leaves_the_arena(report: Report) -> None:
    check = Check(7, "stray", Location(SOURCE, 4, 2), "", "read", 4, "checked", "first_access")
    known = Decisions("nf", "pointer", "compare", checks=(check,))
    text = report(known, kind="guard", bounds={**MISSED, "site": 0}, region="null page", region_offset=0)
    assert text.startswith("nf: fault: read of 4 bytes through a pointer that leaves the module's memory, at")


def test_a_file_that_is_no_module_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.fpm: cannot be read"):
        describe_fault(tmp_path / "none.fpm", None, event())
