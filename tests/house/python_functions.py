"""Counts the functions of a Python file."""

from __future__ import annotations

import ast

from tests.house.limits import Function

BLOCKS = (ast.If, ast.For, ast.While, ast.Try, ast.With, ast.Match)
SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def find_functions(source: str) -> list[Function]:
    """Every function and method of `source`."""
    nodes = ast.walk(ast.parse(source))
    return [_count(node) for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def _count(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Function:
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    return Function(node.name, node.lineno, lines, _deepest(node.body), _count_parameters(node))


def _count_parameters(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """All but self; none for a click command, whose parameters are its options."""
    if any(ast.unparse(decorator).startswith("click.") for decorator in node.decorator_list):
        return 0
    arguments = node.args
    names = [a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
    return len([name for name in names if name not in ("self", "cls")])


def _deepest(body: list[ast.stmt]) -> int:
    return max((_depth(statement) for statement in body), default=0)


def _depth(node: ast.AST) -> int:
    """Blocks inside each other below `node`, itself included; an elif is no deeper than its if."""
    if isinstance(node, SCOPES):
        return 0
    below = max((_depth(child) for child in ast.iter_child_nodes(node)), default=0)
    if isinstance(node, ast.If) and len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If):
        before = max((_depth(child) for child in node.body), default=0)
        return max(before + 1, _depth(node.orelse[0]))
    return below + isinstance(node, BLOCKS)
