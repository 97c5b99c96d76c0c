"""Clang and lld as tools: hermetic, reproducible anywhere, with their own words in errors."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from fpcc.errors import CompileError, InputError, ToolError
from fpcc.flags import parse_flags
from fpcc.toolchain import clang_version, compile_to_ir, link, lld_version, write_dependencies

HEADER = "static inline const char *here(void) { return __FILE__; }\n"
SOURCE = """#include <byteswap.h>
#include <own.h>
#include "sub/near.h"
#include <fastpaas/nf.h>
const char *build = __DATE__ __TIME__ __FILE__;
uint16_t swap(uint16_t *x) { return bswap_16(*x) + (here() != near()); }
"""


def lay_out(place: Path) -> Path:
    (place / "sub").mkdir(parents=True)
    (place / "inc").mkdir()
    (place / "sub/near.h").write_text(HEADER.replace("here", "near"))
    (place / "inc/own.h").write_text(HEADER)
    (place / "nf.c").write_text(SOURCE)
    return place


def build_in(place: Path, monkeypatch: pytest.MonkeyPatch, absolute: bool) -> str:
    monkeypatch.chdir(place)
    source, include = (place / "nf.c", place / "inc") if absolute else (Path("nf.c"), Path("inc"))
    return compile_to_ir(source, parse_flags(["-I", str(include), "-g"]))


@pytest.mark.parametrize("name", ["plain", "with spaces", "odd='x'"])
@pytest.mark.parametrize("absolute", [False, True])
def test_same_bytes_in_any_directory(
    name: str, absolute: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = build_in(lay_out(tmp_path / "first"), monkeypatch, absolute=False)
    second = build_in(lay_out(tmp_path / "far away" / name), monkeypatch, absolute)
    assert first == second
    assert str(tmp_path) not in first
    assert 'filename: "sub/near.h"' in first
    assert sys.prefix not in first


def test_a_source_elsewhere_loses_its_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built = []
    for name in ("one", "another place"):
        place = lay_out(tmp_path / name / "there")
        (tmp_path / name / "here").mkdir()
        monkeypatch.chdir(tmp_path / name / "here")
        built.append(compile_to_ir(place / "nf.c", parse_flags(["-I", str(place / "inc")])))
        built.append(compile_to_ir(Path("../there/nf.c"), parse_flags(["-I../there/inc"])))
    assert built[0] == built[2]
    assert built[1] == built[3]
    assert all('source_filename = "nf.c"' in ir for ir in built)


def test_headers_elsewhere_are_named_alike_in_any_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = []
    for name in ("one", "another place"):
        project = tmp_path / name
        for place in ("build", "src", "include", "third/include"):
            (project / place).mkdir(parents=True)
        for header in ("top.h", "include/own.h", "third/include/their.h"):
            (project / header).write_text(
                f"static inline int {Path(header).stem}(int x) {{ return x + 1; }}\n"
            )
        includes = '#include "top.h"\n#include "own.h"\n#include "their.h"\n'
        (project / "src/nf.c").write_text(f"{includes}int f(int x) {{ return top(own(their(x))); }}\n")
        monkeypatch.chdir(project / "build")
        flags = [f"-I{project}", "-I", f"{project}/include/", "-isystem", f"{project}/third/include"]
        built += [
            compile_to_ir(source, parse_flags(flags))
            for source in (Path("../src/nf.c"), project / "src/nf.c")
        ]
    assert built[0] == built[2]
    assert built[1] == built[3]
    for ir in built:
        assert str(tmp_path) not in ir
        names = set(re.findall(r'!DIFile\(filename: "([^"]*)"', ir))
        assert names == {"nf.c", "../top.h", "include/own.h", "include-2/their.h"}


def test_the_environment_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = lay_out(tmp_path / "place")
    before = build_in(place, monkeypatch, absolute=False)
    (tmp_path / "poison").mkdir()
    (tmp_path / "poison/own.h").write_text("#error poisoned\n")
    for name in ("CPATH", "C_INCLUDE_PATH", "CPLUS_INCLUDE_PATH"):
        monkeypatch.setenv(name, str(tmp_path / "poison"))
    for name in ("HOME", "PATH"):
        monkeypatch.delenv(name, raising=False)
    assert build_in(place, monkeypatch, absolute=False) == before


def test_what_the_ir_promises(tmp_path: Path) -> None:
    source = tmp_path / "nf.c"
    text = "int g(int); int f(int x) { switch (x) { case 1: return g(2); } return x; }\n"
    source.write_text(text)
    ir = compile_to_ir(source, parse_flags(["-O0", "-std=c11"]))
    assert 'target triple = "x86_64-unknown-linux-musl"' in ir
    assert "define hidden i32 @f(" in ir
    assert '"no-jump-tables"="true"' in ir
    assert '"target-cpu"="x86-64-v3"' in ir
    assert all(word not in ir for word in ("optnone", "nonlazybind", "ssp", "uwtable", "sanitize"))
    assert f"DILocation(line: 1, column: {text.index('g(2)') + 1}" in ir


def test_errors_in_the_source_are_clangs_own_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("nf.c").write_text("int f(void) { return y; }\n")
    with pytest.raises(CompileError) as caught:
        compile_to_ir(Path("nf.c"), parse_flags([]))
    assert str(caught.value).startswith("nf.c:1:22: error: use of undeclared identifier 'y'\n")


def test_warnings_are_shown_on_success(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "nf.c"
    source.write_text("int f(void) { int y; return 1; }\n")
    compile_to_ir(source, parse_flags(["-Wall"]))
    assert "warning: unused variable 'y' [-Wunused-variable]" in capfd.readouterr().err
    with pytest.raises(CompileError, match="Werror,-Wunused-variable"):
        compile_to_ir(source, parse_flags(["-Wall", "-Werror"]))


def test_our_own_flags_and_headers_survive_the_strictest_warnings(tmp_path: Path) -> None:
    source = tmp_path / "nf.c"
    source.write_text(
        "#include <fastpaas/nf.h>\n#include <stdlib.h>\nvoid process(struct fp_batch *b) { b->count = 0; }\n"
    )
    assert compile_to_ir(source, parse_flags(["-Weverything", "-Werror", "-Wno-padded", "-std=c11"]))


@pytest.mark.parametrize("name", ["nf.cc", "nf.cpp", "nf.m", "nf", "nf.o"])
def test_only_c_files_are_sources(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("int x;\n")
    with pytest.raises(InputError, match=rf"{name}: a network function's sources are C files"):
        compile_to_ir(tmp_path / name, parse_flags([]))


def test_a_missing_source_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"missing\.c: No such file"):
        compile_to_ir(tmp_path / "missing.c", parse_flags([]))
    (tmp_path / "dir.c").mkdir()
    with pytest.raises(InputError, match=r"dir\.c: Is a directory"):
        compile_to_ir(tmp_path / "dir.c", parse_flags([]))


def test_a_source_named_like_a_flag(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("-v.c").write_text("int f(void) { return 1; }\n")
    assert "@f" in compile_to_ir(Path("-v.c"), parse_flags([]))


def test_dependencies_name_every_file_for_all_sources(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(lay_out(tmp_path / "a b"))
    Path("more.c").write_text('#include "inc/own.h"\n')
    Path("d").mkdir()
    write_dependencies(
        [Path("nf.c")], parse_flags(["-Iinc", "-MD", "-MF", "d/x.d", "-MT", "goal"]), Path("x")
    )
    assert Path("d/x.d").read_text().startswith("goal: nf.c ")
    assert "stdint.h" in Path("d/x.d").read_text()
    with pytest.raises(InputError, match=r"none/x\.d: cannot write the dependency file"):
        write_dependencies([Path("nf.c")], parse_flags(["-Iinc", "-MD", "-MF", "none/x.d"]), Path("x"))


def test_the_linkers_words_are_in_the_error(tmp_path: Path) -> None:
    with pytest.raises(ToolError, match=r"ld\.lld -shared -o (.|\n)*cannot open .*none\.o"):
        link([tmp_path / "none.o"], tmp_path / "out", ["-shared"])


def test_clang_and_lld_are_of_one_major() -> None:
    assert clang_version().split(".")[0] == lld_version().split(".")[0] == "22"
