"""What the stages of a build hand on."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from fpcc.early_compile import Begun
from fpcc.flags import CompileFlags

if TYPE_CHECKING:
    from fpcc.bounds import Bounded
    from fpcc.frontend import Facts
    from passes.model import Decisions
    from passes.protect import Protected


@dataclass(frozen=True)
class BuildOptions:
    """What to build. `name` is the NF's, shown in manifest and reports."""

    sources: tuple[Path, ...]
    name: str
    mode: str = "wonly"
    lowering: str = "compare"
    flags: CompileFlags = CompileFlags()
    count_bounds: bool = False


@dataclass
class Reading:
    """What the sources say, read when first asked for: best while another program is waited for."""

    options: BuildOptions

    @cached_property
    def facts(self) -> Facts:
        """Raises what the sources are refused for."""
        from fpcc.frontend import collect_facts  # libclang takes a while to load

        return collect_facts(self.options.sources, self.options.flags)


@dataclass(frozen=True)
class Build:
    """What the stages so far have made."""

    options: BuildOptions
    begun: Begun
    reading: Reading
    back_to: str = ""  # the stage to go on with, if not the next one
    units: tuple[str, ...] = ()  # IR of each source
    ir: str = ""  # the whole program, linked
    optimised: str = ""
    protected: Protected | None = None
    bounded: Bounded | None = None  # mode `pointer`
    insisted: frozenset[tuple[str, str]] = (
        frozenset()
    )  # accesses the audit could not prove, (function, pointer)
    decisions: Decisions | None = None
    assembly: str = ""
    code: bytes = b""  # object file
    imports: tuple[str, ...] = ()
    module: bytes = b""
    kept: frozenset[str] = field(
        default=frozenset()
    )  # library functions the optimiser or code generation named

    @property
    def facts(self) -> Facts:
        """What the sources say. Raises what they are refused for."""
        return self.reading.facts
