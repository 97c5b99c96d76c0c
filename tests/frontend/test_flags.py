"""Compiler flags: what passes, what is refused by name, and what fpcc reads for itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from fpcc.errors import InputError
from fpcc.flags import CompileFlags, Dependencies, parse_flags
from fpcc.toolchain import compile_to_ir

PASSED = [
    ["-I", "inc", "-Iother", "-D", "A=1", "-DB", "-U", "C", "-UD"],
    ["-std=gnu11", "-ansi", "-Wall", "-Wextra", "-Wno-unused-parameter", "-Werror=format", "-pedantic", "-w"],
    [
        "-fno-strict-aliasing",
        "-fwrapv",
        "-ffast-math",
        "-funsigned-char",
        "-fno-builtin-printf",
        "-ffreestanding",
    ],
    ["-funroll-loops", "-fno-inline", "-fomit-frame-pointer", "-mtune=haswell", "-ffunction-sections"],
    ["-fPIC", "-fvisibility=hidden", "-fno-stack-protector", "-fno-sanitize=all", "-fno-exceptions"],
    ["-fdiagnostics-color=never", "-ferror-limit=3", "-ftrivial-auto-var-init=zero"],
    ["-pipe", "-fms-extensions", "-fno-short-enums"],
]

REFUSED = [
    *("-fsanitize=address", "-fplugin=x.so", "-fpass-plugin=x.so", "-Xclang", "-mllvm", "-load", "-cc1"),
    *("-fstack-protector-strong", "-fstack-clash-protection", "-fsplit-stack", "-fprofile-generate", "-pg"),
    *("-finstrument-functions", "-fcf-protection=none", "-ffixed-rax", "-ffixed-x18", "-mcmodel=large"),
    *("-fvisibility=default", "-fPIE", "-fno-pic", "-fno-PIC", "-static", "-shared", "-fxray-instrument"),
    *("-flto", "-flto=thin", "-ftls-model=local-exec", "-fdirect-access-external-data", "-fexceptions"),
    *("-fopenmp", "-pthread", "-fblocks", "-fdeclspec", "-fasm-blocks", "-fjump-tables"),
    *(
        "-mavx512f",
        "-mno-avx",
        "-msoft-float",
        "-m32",
        "-mx32",
        "-mno-red-zone",
        "-mtune=native",
        "-mretpoline",
    ),
    *("-Wa,--defsym,x=1", "-Wl,-z,execstack", "-Wp,-DX", "-lm", "-L/lib", "-T", "-z", "-B/tmp", "-o"),
    *("-target", "--target=i386-linux", "-triple", "-nostdinc", "--sysroot=/", "-isysroot", "-resource-dir"),
    *("-x", "-xc++", "-std=c++20", "-std=gnu++17", "-E", "-S", "-c", "-emit-llvm", "-save-temps", "-v"),
    *(
        "-include-pch",
        "-fmodules",
        "-fmodule-file=x",
        "-ivfsoverlay",
        "-working-directory=/",
        "-frandomize-layout",
    ),
    *("-ffile-prefix-map=a=b", "-fdebug-prefix-map=a=b", "-ffile-compilation-dir=/x", "-fuse-ld=gold"),
    *("-ftrapv-handler=f", "-fno-asm", "-fzero-call-used-regs=all", "-fpatchable-function-entry=2"),
    *(
        "@flags.txt",
        "other.c",
        "module.o",
        "--",
        "-",
        "",
        "-fwhatever-comes-next",
        "-Wno-x\n-fsanitize=address",
    ),
]


@pytest.mark.parametrize("words", PASSED, ids=" ".join)
def test_passes_in_order_and_clang_takes_it(words: list[str], tmp_path: Path) -> None:
    source = tmp_path / "nf.c"
    source.write_text("int f(void) { return 1; }\n")
    flags = parse_flags(words)
    assert "".join(flags.arguments) == "".join(words)
    assert "@f" in compile_to_ir(source, flags)


@pytest.mark.parametrize("word", REFUSED)
def test_refused_by_name(word: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_flags([word, "value"])
    assert str(caught.value).startswith(f"{word}: ")


# Flag -> part of what is said about it.
SAID = {
    "-m32": "64-bit",
    "-mtune=i386": "skylake",
    "-mavx2": "with -march",
    "--march=x86-64-v2": "-march, with one dash",
    "-std=c77": "c11",
    "-ffoo": "does not know this flag",
    "-x": "named *.c",
    "-gz": "debug information",
    "-v": "commands of clang",
    "-fshort-enums": "C library",
    "-fmax-errors=many": "-ferror-limit=many",
}


@pytest.mark.parametrize("word", SAID)
def test_the_reason_is_the_true_one(word: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_flags([word])
    assert SAID[word] in str(caught.value)
    assert "protection" not in str(caught.value) and "see --march" not in str(caught.value)


def test_what_gcc_calls_the_limit_of_errors_clang_gets_by_its_own_name() -> None:
    assert parse_flags(["-fmax-errors=3"]).arguments == ("-ferror-limit=3",)


def test_a_value_that_looks_like_a_flag_stays_a_value() -> None:
    assert parse_flags(["-include", "-fsanitize=address"]).arguments == ("-include", "-fsanitize=address")
    assert parse_flags(["-D", "-Wl,x"]).arguments == ("-D-Wl,x",)


def test_a_missing_value_is_said() -> None:
    with pytest.raises(InputError, match="-include: a value must follow"):
        parse_flags(["-Wall", "-include"])


@pytest.mark.parametrize(
    ("word", "level"), [("-O0", "0"), ("-O", "1"), ("-O3", "3"), ("-Os", "s"), ("-Ofast", "3")]
)
def test_the_level_is_recorded_and_the_last_counts(word: str, level: str) -> None:
    assert parse_flags(["-O1", word]) == CompileFlags(level=level)


def test_an_unknown_level_is_refused() -> None:
    with pytest.raises(InputError, match="-O7: no such level") as caught:
        parse_flags(["-O7"])
    levels = str(caught.value).partition("; use ")[2].split(", ")
    assert levels == ["-O", "-O0", "-O1", "-O2", "-O3", "-Os", "-Oz", "-Og", "-Ofast"]
    assert all(parse_flags([level]) for level in levels)


def test_debug_information_is_recorded() -> None:
    assert [parse_flags(words).debug for words in (["-g"], ["-ggdb3"], ["-g", "-g0"], ["-g1"], [])] == [
        *(True, True, False, False, False),
    ]


@pytest.mark.parametrize("name", ["x86-64-v2", "x86-64-v3"])
def test_verified_cpus(name: str) -> None:
    assert parse_flags([f"-march={name}"]).cpu == name
    assert parse_flags(["-march=x86-64-v3"], march=name).cpu == name


@pytest.mark.parametrize("name", ["x86-64-v4", "native", "x86-64", "skylake-avx512", "i386"])
def test_other_cpus_are_refused_with_a_reason(name: str) -> None:
    for words, march in (([f"-march={name}"], ""), ([], name)):
        with pytest.raises(InputError, match=rf"-march={name}: .*; use one of x86-64-v3, x86-64-v2"):
            parse_flags(words, march)


def test_dependency_flags() -> None:
    assert parse_flags(
        ["-MMD", "-MP", "-MF", "out.d", "-MT", "a", "-MQ", "b c"]
    ).dependencies == Dependencies(system_headers=False, file="out.d", targets=("a", r"b\ c"), phony=True)
    assert parse_flags(["-MD"]).dependencies == Dependencies(system_headers=True)
    assert parse_flags([]).dependencies is None


def test_dependency_details_without_dependencies_are_refused() -> None:
    with pytest.raises(InputError, match="-MF, -MT and -MP need -MD or -MMD"):
        parse_flags(["-MF", "out.d"])
