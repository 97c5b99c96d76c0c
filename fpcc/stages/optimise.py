"""LLVM's pipeline; again if it brings in library functions. In mode `pointer` part of the stage `bounds`."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from fpcc.optimizer import optimise
from fpcc.stages import load_stages
from fpcc.stages.link import declared_names, link_more
from fpcc.stages.state import Build
from passes.modes import MODES


def run(build: Build) -> Build:
    """The optimised program; meanwhile the next stages are loaded."""
    options = build.options
    if MODES[options.mode].bounded:
        return build
    with ThreadPoolExecutor(1) as pool:
        optimising = pool.submit(optimise, build.ir, options.flags.level, options.flags.cpu)
        load_stages("optimise", "audit")
        ir = optimising.result()
    return link_more(build, declared_names(ir)) or replace(build, optimised=ir)
