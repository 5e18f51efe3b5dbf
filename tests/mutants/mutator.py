"""Small mistakes, one at a time, in a module's syntax tree: what a tired hand would get wrong.

    a < b → a <= b      x == y → x != y     a in b → a not in b     a and b → a or b
    if x → if not x     a + b → a - b       7 → 8, True → False     a statement → nothing

Annotations, docstrings, texts and what is looked up at import only are left alone. A mutant's name
says where and what, without line numbers, so that what is said of it in `mutants.toml` stays true
while the file around it changes.
"""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
RECKONED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.LShift: ast.RShift,
    ast.BitOr: ast.BitAnd,
}


ALONE = ("annotation", "returns", "decorator_list", "bases", "format_spec")


class _Site(NamedTuple):
    """A place for a mistake: how to reach it from the root, and what stands there then."""

    where: str
    path: tuple[tuple[str, int | None], ...]
    old: ast.AST
    new: ast.AST


class Mutant(NamedTuple):
    """A module with one mistake in it."""

    name: str
    line: int
    plain: ast.Module
    site: _Site

    @property
    def tree(self) -> ast.Module:
        """The whole module, mistake and all."""
        return _changed(self.plain, self.site)


def mutants(source: str) -> Iterator[Mutant]:
    """Each mistake that can be made in this source, in the order of its lines."""
    tree = ast.parse(source)
    names: Counter[str] = Counter()
    for site in _sites(tree, "", ()):
        name = f"{site.where}: {ast.unparse(site.old)} → {_told(site.new)}"
        name = " ".join(name.split())
        names[name] += 1
        if names[name] > 1:
            name = f"{name} #{names[name]}"
        yield Mutant(name, getattr(site.old, "lineno", 0), tree, site)


def _told(node: ast.AST) -> str:
    return "nothing" if isinstance(node, ast.Pass) else ast.unparse(node)


def _changed(tree: ast.Module, site: _Site) -> ast.Module:
    root = copy.deepcopy(tree)
    node: ast.AST = root
    for field, index in site.path[:-1]:
        value = getattr(node, field)
        node = value if index is None else value[index]
    field, index = site.path[-1]
    new = ast.fix_missing_locations(ast.copy_location(copy.deepcopy(site.new), site.old))
    if index is None:
        setattr(node, field, new)
    else:
        getattr(node, field)[index] = new
    return root


def _sites(node: ast.AST, where: str, path: tuple[tuple[str, int | None], ...]) -> Iterator[_Site]:
    if isinstance(node, ast.ClassDef | ast.FunctionDef):
        where = f"{where}.{node.name}".lstrip(".")
    for field, value in ast.iter_fields(node):
        if field in ALONE:
            continue
        children = value if isinstance(value, list) else [value]
        for index, child in enumerate(children):
            if isinstance(child, ast.AST) and not _is_text(child):
                step = (*path, (field, index if isinstance(value, list) else None))
                if isinstance(node, ast.If | ast.While | ast.IfExp) and field == "test":
                    yield from _negations(child, where, step)
                yield from _mistakes(child, where, step)
                yield from _sites(child, where, step)


def _negations(
    child: ast.AST, where: str, path: tuple[tuple[str, int | None], ...]
) -> Iterator[_Site]:
    plain = isinstance(child, ast.expr) and not isinstance(child, ast.Compare | ast.UnaryOp)
    if plain and isinstance(child, ast.expr):
        yield _Site(where, path, child, ast.UnaryOp(ast.Not(), child))


def _is_text(node: ast.AST) -> bool:
    """Docstrings, and f-strings: they are for people."""
    if isinstance(node, ast.JoinedStr | ast.Import | ast.ImportFrom | ast.arguments):
        return True
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _mistakes(
    node: ast.AST, where: str, path: tuple[tuple[str, int | None], ...]
) -> Iterator[_Site]:
    match node:
        case ast.Compare(left, [op, *more], values):
            swapped = ast.Compare(left, [COMPARED[type(op)](), *more], values)
            yield _Site(where, path, node, swapped)
        case ast.BoolOp(op, values):
            other = ast.And() if isinstance(op, ast.Or) else ast.Or()
            yield _Site(where, path, node, ast.BoolOp(other, values))
        case ast.UnaryOp(ast.Not(), operand):
            yield _Site(where, path, node, operand)
        case ast.BinOp(left, op, right) if where and type(op) in RECKONED:
            yield _Site(where, path, node, ast.BinOp(left, RECKONED[type(op)](), right))
        case ast.Constant(bool() as value):
            yield _Site(where, path, node, ast.Constant(not value))
        case ast.Constant(int() as value):
            yield _Site(where, path, node, ast.Constant(value + 1))
        case ast.Continue():
            yield _Site(where, path, node, ast.Break())
        case ast.Break():
            yield _Site(where, path, node, ast.Continue())
        case ast.Expr() | ast.AugAssign() | ast.Delete() | ast.Raise() if where:
            yield _Site(where, path, node, ast.Pass())
        case ast.Assign(targets) if where and not isinstance(targets[0], ast.Name):
            yield _Site(where, path, node, ast.Pass())
