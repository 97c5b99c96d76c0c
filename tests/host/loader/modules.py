"""Builds modules by hand: C or assembly, a manifest note, and ld.lld, without the compiler under test."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fpcc.abi import abi
from fpcc.elf_note import Note, encode_note
from fpcc.toolchain import header_flags, link, run_tool, zig_program

COMPILE = ("-target", "x86_64-linux-musl", "-O2", "-fPIC", "-fno-asynchronous-unwind-tables")
LINK = (
    "-shared",
    *("-z", "now", "-z", "relro", "-z", "separate-code", "-z", "noexecstack"),
    "-Bsymbolic",
    "--image-base=0x10000",
)

MINIMAL = "#include <fastpaas/nf.h>\nvoid process(struct fp_batch *batch) { batch->packet[0].gate = 7; }\n"


def manifest(**changes: Any) -> bytes:
    """A good manifest as JSON with `changes`; a value of None leaves the key out."""
    value = {
        "abi": abi().number("FP_ABI_VERSION"),
        "name": "sample",
        "mode": "wonly",
        "lowering": "compare",
        "tools": {"clang": "22"},
        "sources": [],
        "imports": [],
        **changes,
    }
    return json.dumps({key: v for key, v in value.items() if v is not None}).encode()


@dataclass(frozen=True)
class Recipe:
    """How one module is made; the defaults make a good one."""

    source: str = MINIMAL
    assembly: str = ""
    notes: tuple[bytes, ...] = field(default_factory=lambda: (note(manifest()),))
    compile: Sequence[str] = ("-fno-plt",)
    link: Sequence[str] = LINK


def note(content: bytes, owner: str = "", kind: int = 0) -> bytes:
    """A note; by default of the owner and type of a manifest."""
    owner = owner or abi().text("FP_NOTE_NAME")
    return encode_note(Note(owner, kind or abi().number("FP_NOTE_MANIFEST"), content))


def build_module(directory: Path, recipe: Recipe) -> Path:
    """Compiles and links `recipe` in `directory`, which must be empty; returns the module."""
    c, s, n = directory / "nf.c", directory / "nf.s", directory / "note.s"
    c.write_text(recipe.source)
    s.write_text(recipe.assembly + "\n")
    words = "\n".join(f".byte {','.join(map(str, data))}" for data in recipe.notes if data)
    n.write_text(f'.section ".note.fastpaas","a",@note\n.balign 4\n{words}\n' if words else "\n")
    objects = [compile_object(path, recipe.compile) for path in (c, s, n)]
    module = directory / "nf.fpm"
    link(objects, module, recipe.link)
    return module


def compile_object(source: Path, flags: Sequence[str]) -> Path:
    output = source.with_suffix(source.suffix + ".o")
    words = (*COMPILE, "-Wno-unused-command-line-argument", *header_flags(), *flags)
    run_tool([zig_program(), "clang", *words, "-c", source, "-o", output])
    return output


RICH = """
#include <fastpaas/nf.h>
extern _Thread_local char *__fp_stack_pointer __attribute__((tls_model("initial-exec")));
extern _Thread_local char *__fp_stack_limit __attribute__((tls_model("initial-exec")));
#define ARENA ((char *)((size_t)&calls & ~0xffffffffUL))
void *fp_memcpy(void *, const void *, size_t);
void *fp_heap_start(void);

static int calls = 5;
int *pointer = &calls;                       /* relocated data */
static const char *const words[] = {"zero", "one", "two"}; /* relocated constants */
uint8_t table[70000];                        /* zero-filled */
static int id;

__attribute__((noinline)) static int twice(int x) { return 2 * x; }
int (*function)(int) = twice;

int init(const struct fp_args *args)
{
	id = fp_counter(words[1]);
	fp_log(2, args->text, args->len);
	fp_log(2, words[2], 3);
	return (char *)fp_heap_start() - ARENA == 0x20000000 ? 0 : 1;
}

void process(struct fp_batch *batch)
{
	for (unsigned i = 0; i < batch->count; i++) {
		fp_memcpy(table + 69990, batch->packet[i].data, 1);
		batch->packet[i].gate = function(table[69990]) + *pointer;
		batch->packet[i].len = __fp_stack_pointer - __fp_stack_limit;
		batch->packet[i].data[0]++;
	}
	fp_count(id, fp_now());
}

void fini(void) { fp_log(2, words[0], 4); }
"""

RICH_IMPORTS = ["fp_counter", "fp_log", "fp_heap_start", "fp_memcpy", "fp_count", "fp_now"]

GOOD = {
    "minimal": Recipe(),
    "rich": Recipe(RICH, notes=(note(manifest(name="rich.nf-1", mode="rw", imports=RICH_IMPORTS)),)),
    # Imports through a PLT (JUMP_SLOT), own symbols through the symbol table (R_X86_64_64, GLOB_DAT),
    # other people's notes beside ours.
    "preemptible": Recipe(
        "#include <fastpaas/nf.h>\nint answer = 40; int *where = &answer;\n"
        "void process(struct fp_batch *b) { b->packet[0].gate = *where + answer; fp_count(1, 2); }\n",
        notes=(note(b"\1\2\3", "Other", 9), note(manifest(imports=["fp_count"])), note(b"", "More", 1)),
        compile=(),
        link=[*(flag for flag in LINK if flag != "-Bsymbolic"), "--hash-style=sysv", "--build-id=sha1"],
    ),
    "unprotected": Recipe(
        "#include <fastpaas/nf.h>\nvoid *memcpy(void *, const void *, size_t);\n"
        "void process(struct fp_batch *b) { memcpy(b->packet[0].data, b->packet[2].data, b->count); }\n",
        notes=(note(manifest(mode="none", lowering="none", imports=["memcpy"])),),
    ),
}
