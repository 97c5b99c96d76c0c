"""The files that one build writes, and a refusal of those that would take the place of what it reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from fpcc.file_uses import FileUse, refuse_clashes
from fpcc.flags import CompileFlags, default_dependency_file


@dataclass(frozen=True)
class BuildOutputs:
    """Paths, and what names them."""

    module: FileUse
    decisions: FileUse
    texts: Mapping[str, FileUse]  # by suffix: .ll, .s, as far as they are asked for
    rules: tuple[FileUse, ...]  # for Make: one or none

    @property
    def all(self) -> list[FileUse]:
        return [self.module, self.decisions, *self.texts.values(), *self.rules]


def name_outputs(
    given: Path | None, first: Path, flags: CompileFlags, texts: Mapping[str, str]
) -> BuildOutputs:
    """`given` is -o; without it the module is called after the `first` source, here. `texts`: suffix and
    option of each."""
    module = FileUse("-o", given) if given else FileUse("module", Path(f"{first.stem}.fpm"))
    wanted = flags.dependencies
    rules = default_dependency_file(module.path)
    if wanted and wanted.file:
        rules = Path(wanted.file)
    return BuildOutputs(
        module,
        FileUse("decisions", module.path.with_suffix(".decisions.json")),
        {suffix: FileUse(option, module.path.with_suffix(suffix)) for suffix, option in texts.items()},
        (FileUse("-MF" if wanted.file else "-MD", rules),) if wanted else (),
    )


def check_outputs(outputs: BuildOutputs, sources: Sequence[Path]) -> None:
    """Raises InputError where an output is a source or another output.

    To be called before the build, and with the headers that were found again before anything is written.
    """
    refuse_clashes([FileUse("source", source) for source in sources], outputs.all)
