"""The one-place changes that a module allows: the slips that a reader of the change could miss."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass

Enums = Mapping[str, tuple[str, ...]]
# A node with a place, and the text that takes its place.
_Placed = ast.expr | ast.stmt
_Edit = tuple[_Placed, str]

_COMPARED: dict[type, type] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_OPERATED: dict[type, type] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
_CALLED = {"sorted": "list", "min": "max", "max": "min", "any": "all", "all": "any"}
_COMMUTATIVE = {"min", "max"}
_DROPPED_METHODS = {"strip", "lstrip", "rstrip", "lower", "casefold", "removesuffix"}
# By the annotation of a function, what it could return instead. `{}` is the expression.
_RETURNED = {
    r"bool$": "not ({})", r".*\| None$": "None", r"str$": '""', r"int$": "({}) + 1",
    r"tuple\[.*\.\.\.\]$": "()", r"frozenset\[": "frozenset()", r"(dict|Mapping)\[": "{{}}",
}  # fmt: skip
# What only the type checker or a developer sees.
_UNSEEN_CALLS = {"assert_never", "cast", "TypeVar", "NewType", "debug", "spend"}
_UNSEEN_FIELDS = {"annotation", "returns", "decorator_list", "bases", "type_comment", "pattern"}
_ATOMS = (ast.Name, ast.Call, ast.Attribute, ast.Constant, ast.Subscript, ast.List, ast.Set)


@dataclass(frozen=True, slots=True)
class Change:
    """A piece of a module and what takes its place. `line` counts from 1; `start`, `end` bytes."""

    line: int
    start: int
    end: int
    text: str

    def apply(self, source: bytes) -> bytes:
        """Return the changed source."""
        return source[: self.start] + self.text.encode() + source[self.end :]

    def differs(self, source: bytes) -> bool:
        """Whether the changed source still compiles, and to something else."""
        try:
            changed = ast.parse(self.apply(source))
            compile(changed, "changed", "exec")
        except SyntaxError:
            return False
        return ast.dump(changed) != ast.dump(ast.parse(source))

    def show(self, source: bytes) -> str:
        """Return the lines that differ, before and after, each on one line."""
        first = source.rfind(b"\n", 0, self.start) + 1
        rest = len(source) - source.find(b"\n", self.end)
        lines = (source[first:-rest], self.apply(source)[first:-rest])
        before, after = (" ".join(text.decode().split()) for text in lines)
        return f"    - {before}\n    + {after}"


def collect_enums(sources: Iterable[bytes]) -> Enums:
    """Return the members of every enum, by the name of its class."""
    found = {}
    for node in (node for source in sources for node in ast.walk(ast.parse(source))):
        if isinstance(node, ast.ClassDef) and any("Enum" in ast.unparse(b) for b in node.bases):
            targets = (t for s in node.body if isinstance(s, ast.Assign) for t in s.targets)
            found[node.name] = tuple(ast.unparse(target) for target in targets)
    return found


def find_changes(source: bytes, enums: Enums) -> list[Change]:
    """Return the changes of a module in the order of its lines; not all of them compile."""
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    found = set()
    for node, text in _find(ast.parse(source), enums):
        start = starts[node.lineno - 1] + node.col_offset
        end = starts[(node.end_lineno or 0) - 1] + (node.end_col_offset or 0)
        found.add(Change(node.lineno, start, end, text))
    return sorted(found, key=lambda change: (change.line, change.start, change.end, change.text))


def _find(node: ast.AST, enums: Enums) -> Iterator[_Edit]:
    if _is_unseen(node):
        return
    for rule in (_change_operators, _change_calls, _change_statements, _shorten_tables):
        yield from rule(node)
    yield from _change_values(node, enums)
    for field, value in ast.iter_fields(node):
        if field in _UNSEEN_FIELDS or (
            field == "slice" and isinstance(value, ast.Tuple | ast.List)
        ):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _find(child, enums)


def _is_unseen(node: ast.AST) -> bool:
    match node:
        case ast.Import() | ast.ImportFrom() | ast.JoinedStr() | ast.Expr(value=ast.Constant()):
            return True  # before Python 3.12 what is inside an f-string has no place of its own
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
        case ast.AnnAssign(annotation=ast.Name(id="TypeAlias")):
            return True
        case ast.Assign(targets=[ast.Name(id="__all__")]):
            return True
        case ast.Call(func=ast.Name(id=name)) | ast.Call(func=ast.Attribute(attr=name)):
            return name in _UNSEEN_CALLS
        case ast.Expr(value=ast.Call() as call):
            return _is_unseen(call)
        case ast.Subscript(value=ast.Name(id="Literal")):
            return True
    return False


def _change_operators(node: ast.AST) -> Iterator[_Edit]:
    match node:
        case ast.Compare():
            for place, op in enumerate(node.ops):
                ops = [*node.ops[:place], _COMPARED[type(op)](), *node.ops[place + 1 :]]
                yield node, _edit(node, ops=ops)
        case ast.BoolOp():
            other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            yield node, f"({_edit(node, op=other)})"
            for place in range(len(node.values)):
                rest = node.values[:place] + node.values[place + 1 :]
                yield node, _text(rest[0]) if len(rest) == 1 else f"({_edit(node, values=rest)})"
        case ast.UnaryOp(op=ast.Not()):
            yield node, _text(node.operand)
        case ast.BinOp() if type(node.op) in _OPERATED and _is_number(node.left, node.right):
            yield node, f"({_edit(node, op=_OPERATED[type(node.op)]())})"
        case ast.BinOp(op=ast.Add() | ast.Sub() | ast.BitOr() | ast.BitAnd()):
            yield from ((node, _text(node.left)), (node, _text(node.right)))


def _change_calls(node: ast.AST) -> Iterator[_Edit]:
    if not isinstance(node, ast.Call):
        return
    for place in range(len(node.keywords)):
        yield node, _edit(node, keywords=node.keywords[:place] + node.keywords[place + 1 :])
    args = node.args
    if len(args) > 1:
        yield node, _edit(node, args=args[:-1])
    # Of these the order of the arguments says nothing.
    for place in range(0 if ast.unparse(node.func) in _COMMUTATIVE else len(args) - 1):
        swapped = [*args[:place], args[place + 1], args[place], *args[place + 2 :]]
        yield node, _edit(node, args=swapped)
    match node.func:
        case ast.Name(id=name) if name in _CALLED:
            yield node.func, _CALLED[name]
        case ast.Attribute(attr=name, value=value) if name in _DROPPED_METHODS:
            yield node, _text(value)


def _change_statements(node: ast.AST) -> Iterator[_Edit]:
    match node:
        case ast.IfExp() | ast.While():
            yield node.test, f"not {_text(node.test)}"
        case ast.If():
            yield from ((node.test, "False"), (node.test, "True"))
        case ast.comprehension():
            yield from ((condition, "True") for condition in node.ifs)
        case ast.Expr(value=ast.Call()) | ast.AugAssign() | ast.Raise() | ast.Return(value=None):
            yield node, "pass"
        case ast.Continue():
            yield from ((node, "break"), (node, "pass"))
        case ast.Break():
            yield from ((node, "continue"), (node, "pass"))
        case ast.FunctionDef(returns=ast.AST() as returns):
            kind = ast.unparse(returns)
            text = next((text for known, text in _RETURNED.items() if re.match(known, kind)), None)
            for inner in ast.walk(node):
                if text and isinstance(inner, ast.Return) and inner.value:
                    yield inner.value, text.format(ast.unparse(inner.value))


def _change_values(node: ast.AST, enums: Enums) -> Iterator[_Edit]:
    match node:
        case ast.Constant(value=bool(value)):
            yield node, str(not value)
        case ast.Constant(value=int() | float() as value):
            yield from ((node, repr(value + 1)), (node, repr(value - 1)))
        case ast.Constant(value=bytes(value)):
            yield node, "b''" if value else "b'x'"
        case ast.Constant(value=str(value)):
            yield node, "''" if value else "'x'"
            words = value.split("|")
            for place in range(len(words) if len(words) > 1 else 0):
                yield node, repr("|".join(words[:place] + words[place + 1 :]))
        case ast.Attribute(value=ast.Name(id=name), attr=attr) if attr in enums.get(name, ()):
            members = enums[name]
            yield node, f"{name}.{members[(members.index(attr) + 1) % len(members)]}"


def _shorten_tables(node: ast.AST) -> Iterator[_Edit]:
    match node:
        case ast.List() | ast.Set() | ast.Tuple(ctx=ast.Load()) if len(node.elts) > 1:
            if len({type(entry) for entry in node.elts}) == 1:  # unlike ones make a record
                yield from ((entry, "*()") for entry in node.elts)
        case ast.Dict() if len(node.keys) > 1:
            for key, value in zip(node.keys, node.values, strict=True):
                if key:
                    entry = ast.copy_location(ast.Pass(), value)
                    entry.lineno, entry.col_offset = key.lineno, key.col_offset
                    yield entry, "**{}"


def _edit(node: ast.expr, **fields: object) -> str:
    changed = copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return ast.unparse(changed)


def _text(node: ast.expr) -> str:
    return ast.unparse(node) if isinstance(node, _ATOMS) else f"({ast.unparse(node)})"


def _is_number(*operands: ast.expr) -> bool:
    return any(isinstance(x, ast.Constant) and isinstance(x.value, int | float) for x in operands)
