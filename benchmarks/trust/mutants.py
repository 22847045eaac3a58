"""The places of a file where one thing can be changed, and the file with it changed."""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
_COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """A file with one change: its path, the changed text, and where it is in words."""

    file: Path
    text: str
    name: str


def mutants_of(file: Path) -> Iterator[Mutant]:
    """Yield every mutant of a file, in the order of the file."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    spared, named = set(_spared(tree)), Counter[str]()
    for number, node in enumerate(ast.walk(tree)):
        for what, changed in _changes(node) if node not in spared else ():
            mutated = copy.deepcopy(tree)
            target = next(own for place, own in enumerate(ast.walk(mutated)) if place == number)
            target.__dict__.update(changed.__dict__ | {"lineno": node.lineno, "col_offset": node.col_offset})
            target.__class__ = changed.__class__
            text = ast.unparse(ast.fix_missing_locations(mutated)) + "\n"
            name = f"{file}:{node.lineno}:{node.col_offset} {what}"
            named[name] += 1  # both sums of a + b + c begin at a
            yield Mutant(file, text, name if named[name] == 1 else f"{name}, number {named[name]}")


def _changes(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    match node:
        case ast.Compare(left=left, ops=[op, *more], comparators=others) if type(op) in _COMPARED:
            new = _COMPARED[type(op)]
            yield f"{type(op).__name__} → {new.__name__}", ast.Compare(left, [new(), *more], others)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _COMPUTED:
            new_op = _COMPUTED[type(op)]
            yield f"{type(op).__name__} → {new_op.__name__}", ast.BinOp(left, new_op(), right)
        case ast.BoolOp(op=op, values=values):
            other = ast.Or if isinstance(op, ast.And) else ast.And
            yield f"{type(op).__name__} → {other.__name__}", ast.BoolOp(other(), values)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield "not x → bool(x)", ast.Call(ast.Name("bool", ast.Load()), [operand], [])
        case ast.IfExp(test=test, body=body, orelse=orelse):
            yield "branches exchanged", ast.IfExp(test, orelse, body)
        case ast.Constant(value=bool() as value):
            yield f"{value} → {not value}", ast.Constant(not value)
        case ast.Constant(value=int() | float() as value):
            yield f"{value} → {value + 1}", ast.Constant(value + 1)
        case ast.Call(func=ast.Name(id=("min" | "max") as name) as func, args=args, keywords=keywords):
            other_name = "max" if name == "min" else "min"
            yield f"{name} → {other_name}", ast.Call(ast.Name(other_name, func.ctx), args, keywords)


def _spared(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield what is not run, or says nothing: annotations, decorators, slices of words, texts in f-strings."""
    for node in ast.walk(tree):
        match node:
            case ast.AnnAssign(annotation=inner):
                yield from ast.walk(inner)
            case ast.FunctionDef(returns=returns, decorator_list=decorators, args=args):
                for part in (returns, *decorators, *(own.annotation for own in [*args.args, *args.kwonlyargs])):
                    yield from ast.walk(part) if part is not None else ()
            case ast.ClassDef(decorator_list=decorators):
                for part in decorators:
                    yield from ast.walk(part)
            case ast.keyword(arg="strict", value=value):  # of zip: its lists are of one length anyhow
                yield value
            case ast.JoinedStr():
                yield from ast.walk(node)
