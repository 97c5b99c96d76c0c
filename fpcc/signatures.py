"""The functions the host calls, as fastpaas/nf.h declares them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Signature:
    """How an entry point is declared."""

    declaration: str
    types: tuple[str, ...]  # clang's spellings of its type that fit


SIGNATURES = {
    "init": Signature("int init(const struct fp_args *args)", ("int (const struct fp_args *)",)),
    "process": Signature("void process(struct fp_batch *batch)", ("void (struct fp_batch *)",)),
    "fini": Signature("void fini(void)", ("void (void)", "void ()")),
}
