"""What a family of the allow-list is made of: groups of rows that share a reason."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Group:
    """Rows in the notation of notation.py, one a line, and why they are allowed (or refused)."""

    name: str
    reason: str
    rows: str


CONDITIONS = "o,no,b,ae,e,ne,be,a,s,ns,p,np,l,ge,le,g"


def by_condition(first: int, row: str) -> str:
    """A row for each of the sixteen conditions; OP stands for the opcode, CC for the condition."""
    numbers = ",".join(f"{first + n:02X}" for n in range(16))
    return row.replace("OP", "{" + numbers + "}").replace("CC", "{" + CONDITIONS + "}")
