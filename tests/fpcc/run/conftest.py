"""Modules to run, each built once a test file, and captures to run them on."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import RunFpcc

BuildModule = Callable[..., Path]
RunJson = Callable[..., tuple[int, dict[str, Any]]]

# Faults in the packet that is number 100, and logs when it begins.
CRASHING = """\
#include <fastpaas/nf.h>
static uint32_t seen;
int init(const struct fp_args *args)
{
	fp_logf(FP_WARNING, "%u bytes of arguments", (unsigned)args->len);
	return 0;
}
void process(struct fp_batch *batch)
{
	for (uint32_t i = 0; i < batch->count; i++)
		if (seen++ == 100)
			*(volatile uint32_t *)(uintptr_t)0x123456789abc = 7;
}
"""
FAULTY_LINE = CRASHING.splitlines().index("\t\t\t*(volatile uint32_t *)(uintptr_t)0x123456789abc = 7;") + 1

RESTARTING = """\
#include <fastpaas/nf.h>
static volatile uint32_t nothing;
void process(struct fp_batch *batch)
{
	batch->packet[0].gate = (uint16_t)(batch->count / nothing);
}
"""
ENDLESS = """\
#include <fastpaas/nf.h>
static int said;
void process(struct fp_batch *batch)
{
	if (!said++)
		fp_logf(FP_INFO, "flowing, %u packets", batch->count);
}
"""
GRAPH = """\
[input]
type = "pool"
packets = {packets}
[output]
type = "null"
[[node]]
name = "only"
module = "{module}"
policy = "{policy}"
"""


@pytest.fixture(scope="session")
def build_module(run_fpcc: RunFpcc, tmp_path_factory: pytest.TempPathFactory) -> BuildModule:
    """Builds a source, a file or its text, in a mode; each once."""
    work = tmp_path_factory.mktemp("modules")
    built: dict[tuple[Path, str], Path] = {}

    def build(source: Path, mode: str = "wonly") -> Path:
        output = work / f"{source.stem}-{mode}.fpm"
        if (source, mode) not in built:
            done = run_fpcc("build", source, f"--mode={mode}", "-o", output)
            assert done.returncode == 0, done.stderr
            built[source, mode] = output
        return built[source, mode]

    return build


@pytest.fixture(scope="session")
def crashing(build_module: BuildModule, tmp_path_factory: pytest.TempPathFactory) -> Path:
    source = tmp_path_factory.mktemp("crashing") / "crashing.c"
    source.write_text(CRASHING)
    return build_module(source)


@pytest.fixture
def restarting(build_module: BuildModule, tmp_path: Path) -> Path:
    """A graph whose only node faults at once, again and again."""
    source = tmp_path / "restarting.c"
    source.write_text(RESTARTING)
    return write_graph(tmp_path / "restarting.toml", build_module(source), 200_000_000, "restart")


@pytest.fixture
def endless(build_module: BuildModule, tmp_path: Path) -> Path:
    """A graph that runs until it is stopped; its node logs "flowing" in the first batch."""
    source = tmp_path / "endless.c"
    source.write_text(ENDLESS)
    return write_graph(tmp_path / "endless.toml", build_module(source), 1 << 50, "drop")


def write_graph(path: Path, module: Path, packets: int, policy: str) -> Path:
    path.write_text(GRAPH.format(module=module, packets=packets, policy=policy))
    return path


@pytest.fixture(scope="session")
def macswap(repo: Path, build_module: BuildModule) -> Path:
    return build_module(repo / "examples/nfs/macswap.c")


@pytest.fixture(scope="session")
def unprotected(repo: Path, build_module: BuildModule) -> Path:
    return build_module(repo / "examples/nfs/macswap.c", "none")


@pytest.fixture(scope="session")
def demo(repo: Path) -> Path:
    return repo / "examples/traffic/demo.pcap"


@pytest.fixture(scope="session")
def run_json(run_fpcc: RunFpcc) -> RunJson:
    """Runs `fpcc run WORDS... --json`; exit status and document."""

    def run(*words: str | Path) -> tuple[int, dict[str, Any]]:
        done: subprocess.CompletedProcess[str] = run_fpcc("run", *words, "--json")
        return done.returncode, json.loads(done.stdout)

    return run
