"""JSON <-> frozen dataclasses, strictly: what is missing, unknown, of a wrong type or range is refused.

A field's annotation is its schema: `str`, `int` (64-bit signed), `tuple[X, ...]` or another dataclass; a
field with a default may be absent. Errors are SchemaError and name the JSON path: `$.accesses[3].size: ...`.
`encode` is canonical: the same value gives the same bytes, in the order of the fields.
"""

from __future__ import annotations

import functools
import json
from collections import Counter
from dataclasses import MISSING, fields, is_dataclass
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")

INTEGER_LIMIT = 1 << 63
_NAMES = {str: "string", int: "integer", float: "number", bool: "boolean", list: "array", dict: "object"}


class SchemaError(Exception):
    """The JSON text does not fit: where (JSON path) and what is wrong."""

    def __init__(self, path: str, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"{path}: {reason}")


def encode(value: Any) -> bytes:
    """A dataclass instance as canonical JSON: UTF-8, one element of its arrays a line.

    Text that is no Unicode (a byte of a source that was not UTF-8, kept as a surrogate) becomes "?".
    """
    items = (f"  {json.dumps(field.name)}: {_lines(getattr(value, field.name))}" for field in fields(value))
    return ("{\n" + ",\n".join(items) + "\n}\n").encode(errors="replace")


def _lines(value: Any) -> str:
    if not isinstance(value, tuple) or not value:
        return _line(value)
    return "[\n    " + ",\n    ".join(_line(item) for item in value) + "\n  ]"


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=vars)


def decode(cls: type[T], data: bytes) -> T:
    """Reads JSON bytes as an instance of the dataclass `cls`; raises SchemaError."""
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise SchemaError("$", f"not UTF-8 at byte {error.start}") from error
    except json.JSONDecodeError as error:
        raise SchemaError(
            "$", f"not JSON at line {error.lineno}, column {error.colno}: {error.msg}"
        ) from error
    except RecursionError as error:
        raise SchemaError("$", "nested too deeply") from error
    except ValueError as error:  # Python's own limit on the digits of an integer
        raise SchemaError("$", str(error)) from error
    return _object(cls, value, "$")  # type: ignore[no-any-return]


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        twice = Counter(name for name, _ in pairs).most_common(1)[0][0]
        raise SchemaError("$", f"the key {ascii(twice)} occurs twice in one object")
    return result


def _refuse_constant(name: str) -> None:
    raise SchemaError("$", f"{name} is not JSON")


def _object(cls: Any, value: Any, path: str) -> Any:
    if not isinstance(value, dict):
        raise SchemaError(path, f"expected an object, found {_kind(value)}")
    schema = _schema(cls)
    for name in value:
        if name not in schema:
            raise SchemaError(path, f"unknown key {ascii(name)}; the keys are {', '.join(schema)}")
    for name, (_, required) in schema.items():
        if required and name not in value:
            raise SchemaError(path, f"the key {name!r} is missing")
    return cls(**{name: _value(schema[name][0], item, f"{path}.{name}") for name, item in value.items()})


@functools.cache
def _schema(cls: Any) -> dict[str, tuple[Any, bool]]:
    """Field name -> (type, whether it must be present)."""
    hints = get_type_hints(cls)
    return {
        field.name: (hints[field.name], field.default is MISSING and field.default_factory is MISSING)
        for field in fields(cls)
    }


def _value(kind: Any, value: Any, path: str) -> Any:
    if is_dataclass(kind):
        return _object(kind, value, path)
    if get_origin(kind) is tuple:
        return _array(get_args(kind)[0], value, path)
    if type(value) is not kind:
        raise SchemaError(path, f"expected {_article(_NAMES[kind])}, found {_kind(value)}")
    if kind is int and not -INTEGER_LIMIT <= value < INTEGER_LIMIT:
        raise SchemaError(path, "the integer does not fit 64 bits")
    if kind is str and any("\ud800" <= c <= "\udfff" for c in value):
        raise SchemaError(path, "the string holds an unpaired surrogate")
    return value


def _array(kind: Any, value: Any, path: str) -> Any:
    if not isinstance(value, list):
        raise SchemaError(path, f"expected an array, found {_kind(value)}")
    return tuple(_value(kind, item, f"{path}[{index}]") for index, item in enumerate(value))


def _kind(value: Any) -> str:
    return "null" if value is None else _article(_NAMES[type(value)])


def _article(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeio" else f"a {noun}"
