"""fphost as it is built for users and under sanitizers, and modules made for one test."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.host.loader.modules import Recipe, build_module, manifest, note
from tests.host.run.runner import Outcome, check_accounts, run_host
from tests.network import enter_namespace, make_pair

MakeModule = Callable[..., Path]
RunChain = Callable[[object], Outcome]
Program = Callable[[str], Path]

HEADER = """
#include <fastpaas/nf.h>
void *fp_heap_start(void);
size_t fp_heap_size(void);
void *fp_memcpy(void *, const void *, size_t);
void *fp_memmove(void *, const void *, size_t);
void *fp_memset(void *, int, size_t);
int fp_memcmp(const void *, const void *, size_t);
void *fp_memchr(const void *, int, size_t);
void *memcpy(void *, const void *, size_t);
extern _Thread_local char *__fp_stack_pointer __attribute__((tls_model("initial-exec")));
extern _Thread_local char *__fp_stack_limit __attribute__((tls_model("initial-exec")));
void process(struct fp_batch *batch);
#define ARENA ((char *)((size_t)process & ~0xffffffffUL)) /* its base */
#define LOG(text) fp_log(FP_INFO, text, sizeof(text) - 1)
"""


@pytest.fixture(scope="session", params=["plain", "sanitized"])
def fphost(request: pytest.FixtureRequest, host_program: Program, sanitized_program: Program) -> Path:
    """The program under test."""
    build = host_program if request.param == "plain" else sanitized_program
    return build("runtime/fphost")


@pytest.fixture(scope="session")
def import_names(repo: Path) -> list[str]:
    """What a module may import, from the table."""
    table = (repo / "runtime/include/fastpaas/imports.def").read_text(encoding="utf-8")
    return re.findall(r"^FP_IMPORT\((\w+),", table, re.MULTILINE)


@pytest.fixture(scope="session")
def make_module(tmp_path_factory: pytest.TempPathFactory, import_names: list[str]) -> MakeModule:
    """Compiles C without any protection into a module that claims mode and lowering; each source once."""
    built: dict[tuple[str, str, str], Path] = {}

    def make(source: str, mode: str = "wonly", lowering: str = "compare") -> Path:
        if (source, mode, lowering) not in built:
            text = source.replace("LOG(", "fp_log(")
            imports = [name for name in import_names if re.search(rf"\b{name}\b", text)]
            claimed = "none" if mode == "none" else lowering
            words = manifest(name="test", mode=mode, lowering=claimed, imports=imports)
            recipe = Recipe(HEADER + source, notes=(note(words),), compile=("-fno-plt", "-fno-builtin"))
            built[source, mode, lowering] = build_module(tmp_path_factory.mktemp("module"), recipe)
        return built[source, mode, lowering]

    return make


@pytest.fixture(scope="session")
def run_chain(fphost: Path) -> RunChain:
    """Runs a configuration to its end; checks the accounts if packets flowed."""

    def run(config: object) -> Outcome:
        outcome = run_host(fphost, "run", config)
        if outcome.all("done"):
            check_accounts(outcome)
        return outcome

    return run


@pytest.fixture
def network() -> Iterator[None]:
    """Two veth pairs, of which fphost has an end each: far-in -> in, out -> far-out."""
    with enter_namespace():
        make_pair("far-in", "in")
        make_pair("out", "far-out")
        yield
