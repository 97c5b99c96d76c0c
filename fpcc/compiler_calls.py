"""Functions that code generation calls of its own accord: division of wide integers, remainders of fractions.

Such a call has the types the compiler expects, whatever function of that name it finds. An NF's own one may
have more parameters, whose places on the native stack are then its caller's frame. So these come from the
module C library or the build ends here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from fpcc.errors import InputError

_SYMBOL = r'([-\w$.]+|"(?:[^"\\]|\\.)*")'
# A call of a name that is not in the IR goes through the table of addresses; calls within a module do not.
_FOREIGN = re.compile(rf"{_SYMBOL}@(?:GOTPCREL|PLT)\b")
_DEFINED = re.compile(rf"^{_SYMBOL}:|^\s+\.l?comm\s+{_SYMBOL},", re.MULTILINE)
_UNIT = re.compile(r'^(?:define |@)(?!internal).*?@?([-\w$.]+|"[^"]*")(?:\(| = )', re.MULTILINE)


def refuse_own_versions(
    assembly: str, units: Iterable[str], library: Collection[str], entry_points: Collection[str]
) -> None:
    """Raises InputError if code generation calls a function that is defined, but not by the library.

    `library` are names the library was asked for; one of `units`, the NF's own IR, may have defined them.
    """
    calls = "\n".join(line for line in assembly.splitlines() if "@PLT" in line or "@GOTPCREL" in line)
    called = set(_FOREIGN.findall(calls)) - set(entry_points)
    defined = {first or second for first, second in _DEFINED.findall(assembly)}
    own = {name for unit in units for name in _UNIT.findall(unit)}
    for name in sorted(called & defined):
        if name not in library or name in own:
            raise InputError(
                f"`{name}` is defined in the sources, but the compiler calls the C library's: rename it"
            )
