"""The ABI constants Python sees are those the C compiler sees."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from fpcc.abi import IMPORT_CLASSES, abi, parse_header, parse_imports
from fpcc.errors import InternalError
from fpcc.flags import parse_flags
from fpcc.toolchain import compile_to_ir


def _preprocess(source: str, repo: Path) -> list[str]:
    clang = [sys.executable, "-m", "ziglang", "clang", "-E", "-P", "-nostdinc", "-x", "c"]
    done = subprocess.run(
        [*clang, f"-I{repo}/runtime/include", "-"], input=source, capture_output=True, text=True, check=True
    )
    return [line for line in done.stdout.splitlines() if line]


def test_every_constant_is_what_the_compiler_sees(repo: Path) -> None:
    names = [*abi().numbers, *abi().texts]
    assert len(names) >= 40
    seen = _preprocess("#include <fastpaas/abi.h>\n" + "".join(f"{name}\n" for name in names), repo)
    values = {**abi().numbers, **abi().texts}
    told = [int(word, 0) if word[0] != '"' else word.strip('"') for word in seen]
    assert dict(zip(names, told, strict=True)) == values


def test_every_import_is_what_the_compiler_sees(repo: Path) -> None:
    source = "#define FP_IMPORT(name, class, type) name class\n#include <fastpaas/imports.def>\n"
    seen = [tuple(line.split()) for line in _preprocess(source, repo)]
    assert list(abi().imports.items()) == seen
    assert sum((list(abi().imports_of(kind)) for kind in IMPORT_CLASSES), []) == sorted(
        abi().imports, key=lambda name: IMPORT_CLASSES.index(abi().imports[name])
    )


def test_every_import_has_the_type_of_its_prototype(tmp_path: Path) -> None:
    source = tmp_path / "imports.c"
    source.write_text(
        "#include <fastpaas/nf.h>\n#include <string.h>\n"
        "void *fp_heap_start(void);\nsize_t fp_heap_size(void);\n"
        + "".join(f"__typeof__({name[3:]}) {name};\n" for name in abi().imports_of("bulk"))
        + f"void *used[] = {{{', '.join(abi().imports)}}};\n"
    )
    declared = re.findall(r"^declare .*?(\w+) @(\w+)\((.*?)\)", compile_to_ir(source, parse_flags([])), re.M)
    types = {
        name: f"{result} ({', '.join(word.split()[0] for word in words.split(', ') if word)})"
        for result, name, words in declared
    }
    assert types == dict(abi().signatures)


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("#define FP_A (1 << 4)", "FP_A is neither a number nor a string literal"),
        ("#define FP_A 010", "FP_A is neither"),
        ("#define FP_A 1\n#define FP_A 2", "FP_A is defined twice"),
    ],
)
def test_a_header_that_breaks_its_rule_is_our_defect(header: str, reason: str) -> None:
    with pytest.raises(InternalError, match="internal error in abi, please report") as caught:
        parse_header(header)
    assert reason in str(caught.value)


@pytest.mark.parametrize(
    "table",
    [
        "FP_IMPORT(a, own, i32 ())",
        "FP_IMPORT(a, api, i32 ()) FP_IMPORT(a, bulk, i32 ())",
        "FP_IMPORT(a, api)",
        "FP_IMPORT(a, api, i32)",
        "int a;",
    ],
)
def test_an_import_table_that_breaks_its_rule_is_our_defect(table: str) -> None:
    with pytest.raises(InternalError):
        parse_imports(table)


def test_a_name_nobody_defined_is_our_defect() -> None:
    with pytest.raises(InternalError, match="no number FP_NOTE_NAME"):
        abi().number("FP_NOTE_NAME")
