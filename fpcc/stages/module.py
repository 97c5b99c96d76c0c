"""The module file, with manifest and decisions."""

from __future__ import annotations

from dataclasses import replace

from fpcc.abi import abi
from fpcc.manifest import Tools, make_manifest
from fpcc.module_file import manifest_note, pack_decisions
from fpcc.module_link import link_module
from fpcc.optimizer import llvm_version
from fpcc.stages.state import Build
from fpcc.toolchain import clang_version, lld_version
from fpcc.version import VERSION


def run(build: Build) -> Build:
    """Links it. Raises ToolError."""
    assert build.decisions is not None
    decisions = replace(build.decisions, imports=build.imports)
    tools = Tools(VERSION, clang_version(), llvm_version(), lld_version())
    entries = [entry.name for entry in build.facts.entry_points]
    manifest = make_manifest(decisions, tools, abi().number("FP_ABI_VERSION"), entries)
    module = link_module(build.code, manifest_note(manifest), pack_decisions(decisions))
    return replace(build, decisions=decisions, module=module)
