"""Who may do what, from a graph's file: the table [access], each tenant's rights, and what is said of nodes.

The result is what the host reads (runtime/host/engine/access.h): there users are numbers.
"""

from __future__ import annotations

import pwd
from typing import Any

from fpcc.graphs.document import Document
from fpcc.graphs.keys import ACCESS, MANDATORY, MARKS, RIGHTS
from fpcc.graphs.model import Json
from fpcc.graphs.toml_lines import Place

_NOBODY = (1 << 32) - 1  # to the kernel, this number means no user


def read_access(document: Document) -> Json:
    """Empty if the file says nothing of it. Raises InputError."""
    access = _read_rules(document) if "access" in document.top else {}
    tenants = {}
    for index, table in enumerate(document.top["tenant"]):
        if "rights" in table:
            tenants[table["name"]] = _read_rights(document, ("tenant", index, "rights"))
    return access | ({"tenants": tenants} if tenants else {})


def read_marks(document: Document, place: Place) -> Json:
    """What the operator says of a node, for tenants."""
    table = document.table(place)
    for gate, tenants in table.get("open_to", {}).items():
        if not isinstance(tenants, list):
            raise document.error((*place, "open_to", gate), 'must be an array of tenants, like {0 = ["a"]}')
    return {key: table[key] for key in MARKS if key in table}


def _read_rules(document: Document) -> Json:
    table = dict(document.check_table(("access",), ACCESS))
    for index in range(len(table.get("mandatory", ()))):
        document.check_table(("access", "mandatory", index), MANDATORY)
    if "operators" in table:
        table["operators"] = _find_users(document, ("access", "operators"), table["operators"])
    return table


def _read_rights(document: Document, place: Place) -> Json:
    rights = dict(document.check_table(place, RIGHTS))
    users = rights.pop("users")
    return {"uids": _find_users(document, (*place, "users"), users), **rights}


def _find_users(document: Document, place: Place, users: list[Any]) -> list[int]:
    return [_find_user(document, place, user) for user in users]


def _find_user(document: Document, place: Place, user: str | int) -> int:
    if isinstance(user, int):
        if not 0 <= user < _NOBODY:
            raise document.error(place, f"no user has the number {user}; allowed are 0 to {_NOBODY - 1}")
        return user
    try:
        return pwd.getpwnam(user).pw_uid
    except KeyError as error:
        raise document.error(
            place, f'there is no user "{user}" on this machine; a number needs no account here'
        ) from error
