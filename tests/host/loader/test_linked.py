"""Modules as tools would link them from sources a network function must not have: refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.host.loader.conftest import Load
from tests.host.loader.modules import LINK, MINIMAL, Recipe, build_module, manifest, note

PROCESS = ".globl process\n.type process,@function\n.text\nprocess: ret\n"


def plus(*flags: str) -> list[str]:
    return [*LINK, *flags]


def call(name: str, mode: str = "wonly", listed: bool = True) -> Recipe:
    """A module that calls host function `name`."""
    lowering = "none" if mode == "none" else "compare"
    text = manifest(mode=mode, lowering=lowering, imports=[name] if listed else [])
    source = f"void {name}(void); void process(void *batch) {{ {name}(); (void)batch; }}\n"
    return Recipe(source, notes=(note(text),), compile=("-fno-plt", "-fno-builtin"))


REFUSED: dict[str, tuple[Recipe, str]] = {
    "constructor": (
        Recipe(MINIMAL + "volatile int x; __attribute__((constructor)) void start(void) { x++; }\n"),
        "DT_INIT_ARRAY: a module has no constructors",
    ),
    "destructor": (
        Recipe(MINIMAL + "volatile int x; __attribute__((destructor)) void stop(void) { x++; }\n"),
        "DT_FINI_ARRAY: a module has no destructors",
    ),
    "thread-local variable": (
        Recipe(MINIMAL + "_Thread_local int mine = 3;\n"),
        "PT_TLS: a module cannot have thread-local variables",
    ),
    "ifunc": (
        Recipe(MINIMAL, ".globl f\n.type f,@gnu_indirect_function\n.text\nf: ret\n"),
        "`f`: an ifunc; a module cannot have any",
    ),
    "import stored in data": (
        Recipe(
            MINIMAL + "void fp_log(int, const char *, size_t); void *p = fp_log;\n",
            notes=(note(manifest(imports=["fp_log"])),),
        ),
        "an import: its address may not be stored in data",
    ),
    "relocated text": (
        Recipe("", PROCESS + ".quad process\n", link=plus("-z", "notext")),
        "DT_TEXTREL: text is never relocated",
    ),
    "packed relocations": (
        Recipe(MINIMAL + "static int x; int *p = &x;\n", link=plus("-z", "pack-relative-relocs")),
        "DT_RELR: packed relocations",
    ),
    "executable stack": (Recipe(link=plus("-z", "execstack")), "asks for an executable stack"),
    "writable text": (Recipe(link=plus("--omagic")), "writable and executable"),
    "no RELRO": (
        Recipe(
            MINIMAL + "int y; int *z(void) { return &y; }\n",
            link=[{"relro": "norelro", "-Bsymbolic": "-Bno-symbolic"}.get(flag, flag) for flag in LINK],
        ),
        "outside PT_GNU_RELRO",
    ),
    "GNU hash only": (Recipe(link=plus("--hash-style=gnu")), "link with --hash-style=both or sysv"),
    "base 0": (Recipe(link=plus("--image-base=0")), "segment 1: memory 0x0"),
    "too large": (
        Recipe(MINIMAL + "char big[0x1fff0000];\n"),
        "outside the image region (0x10000 to 0x1ffe1000)",
    ),
    "a program": (
        Recipe(link=["-pie", "--dynamic-linker=/lib/ld.so", "--image-base=0x10000", "-e", "process"]),
        "PT_INTERP: this is a program, not a module",
    ),
    "no text": (Recipe("int process;\n"), "program headers: no executable segment"),
    "an object": (Recipe(link=["-r"]), "type 1 is not a shared object"),
    "soname is no dependency": (Recipe(link=plus("-soname", "x.so", "--rpath=/tmp")), "DT_RUNPATH"),
    "no process": (Recipe("void f(void) {}\n"), "entry point `process`: not defined"),
    "process is a variable": (
        Recipe("void f(void) {}\nint process;\n"),
        "entry point `process`: not a function",
    ),
    "unknown function": (call("system"), "`system`: not defined, and not an import the host offers"),
    "unlisted import": (call("fp_now", listed=False), "`fp_now`: an import the manifest does not list"),
    "unchecked memcpy": (call("memcpy"), "`memcpy`: an import that modules of mode wonly may not use"),
    "unchecked memcpy in rw": (
        call("memset", "rw"),
        "`memset`: an import that modules of mode rw may not use",
    ),
    "checked memcpy in none": (
        call("fp_memcpy", "none"),
        "`fp_memcpy`: an import that modules of mode none may not use",
    ),
    "thread-local variable of another name": (
        Recipe(
            'extern _Thread_local int errno_slot __attribute__((tls_model("initial-exec")));\n'
            "void process(void *batch) { errno_slot++; (void)batch; }\n"
        ),
        "`errno_slot`: not a thread-local variable of the host",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_with_its_reason(name: str, load: Load, tmp_path: Path) -> None:
    recipe, reason = REFUSED[name]
    said = load(build_module(tmp_path, recipe), "--unprotected")
    assert said.startswith("refused: ")
    assert reason in said


def test_every_import_of_its_class_loads(load: Load, tmp_path: Path) -> None:
    for index, (name, mode) in enumerate((("fp_now", "none"), ("fp_memchr", "rw"), ("memchr", "none"))):
        directory = tmp_path / str(index)
        directory.mkdir()
        assert load(build_module(directory, call(name, mode)), "--unprotected").startswith("loaded ")


def test_the_unused_bytes_of_text_pages_trap(load: Load, tmp_path: Path) -> None:
    """They are int3, as the module itself can see; zeros would run as `add %al, (%rax)`."""
    source = (
        "#include <fastpaas/nf.h>\nvoid process(struct fp_batch *b)\n"
        "{ b->packet[0].gate = ((const volatile unsigned char *)process)[2048]; }\n"
    )
    assert "gate 204" in load(build_module(tmp_path, Recipe(source)), "--run")
