"""YAML files that people write: every value knows its place, every problem is collected.

The file is composed with PyYAML into nodes, never into Python objects, so that no tag in it can
create anything. Aliases, deep nesting and large files are refused before anything is built.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final, TypeVar

import yaml

from oppsummering.errors import Problem, ProblemsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

_T = TypeVar("_T")

MAX_BYTES: Final = 4_000_000
MAX_DEPTH: Final = 20

_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Node:
    """A value of the file and its place, such as `themes[0].terms[2].lemma`."""

    yaml: yaml.Node
    where: str

    @property
    def line(self) -> int:
        """The 1-based line that the value starts on."""
        return int(self.yaml.start_mark.line) + 1

    @property
    def kind(self) -> str:
        """The type of the value, in words for the user."""
        tag = str(self.yaml.tag).rsplit(":", 1)[-1]
        names = {"str": "a text", "map": "a mapping", "seq": "a list", "null": "nothing"}
        numbers = {"int": "a number", "float": "a number", "bool": "a truth value"}
        return (names | numbers).get(tag, f"a value of the type {tag}")


@dataclass(slots=True)
class Checker:
    """Reads values out of nodes; what is wrong is noted in `problems` and gives a default."""

    problems: list[Problem] = field(default_factory=list)

    def report(self, node: Node, message: str) -> None:
        """Note a problem at the place of a node."""
        self.problems.append(Problem(node.where, message, node.line))

    def mapping(
        self, node: Node, *, required: Iterable[str] = (), optional: Iterable[str] = ()
    ) -> dict[str, Node]:
        """The known keys of a mapping; unknown, repeated and missing ones are problems."""
        if not isinstance(node.yaml, yaml.MappingNode):
            self.report(node, f"must be a mapping of keys to values, not {node.kind}.")
            return {}
        required = tuple(required)
        known = (*required, *optional)
        found: dict[str, Node] = {}
        for key_node, value in node.yaml.value:
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "?"
            child = Node(value, f"{node.where}.{key}" if node.where else key)
            place = Node(key_node, child.where)
            if key in found:
                self.report(place, f"the key {key!r} is there twice; keep one.")
            elif key not in known:
                self.report(place, f"unknown key {key!r}; known here: {', '.join(known)}.")
            else:
                found[key] = child
        for key in required:
            if key not in found:
                self.report(node, f"the key {key!r} is missing.")
        return found

    def items(self, node: Node | None) -> list[Node]:
        """The items of a list; nothing for a missing one."""
        if node is None:
            return []
        if not isinstance(node.yaml, yaml.SequenceNode):
            self.report(node, f"must be a list, not {node.kind}.")
            return []
        return [Node(child, f"{node.where}[{i}]") for i, child in enumerate(node.yaml.value)]

    def entries(self, node: Node | None) -> list[tuple[str, Node]]:
        """The keys and values of a mapping whose keys the user chooses."""
        if node is None:
            return []
        if not isinstance(node.yaml, yaml.MappingNode):
            self.report(node, f"must be a mapping of keys to values, not {node.kind}.")
            return []
        keys = [str(key.value) for key, _ in node.yaml.value]
        return list(self.mapping(node, optional=keys).items())

    def text(self, node: Node | None, default: str = "") -> str:
        """A text that is not blank, outer white space removed."""
        if node is None:
            return default
        if not isinstance(node.yaml, yaml.ScalarNode) or not node.yaml.tag.endswith(":str"):
            hint = " Put it in quotes." if isinstance(node.yaml, yaml.ScalarNode) else ""
            self.report(node, f"must be a text, not {node.kind}.{hint}")
            return default
        text = str(node.yaml.value).strip()
        if not text:
            self.report(node, "must not be empty.")
            return default
        return text

    def date(self, node: Node | None) -> str:
        """A day such as 2026-11-24, in quotes or not; empty for a missing one."""
        if node is None:
            return ""
        text = str(node.yaml.value) if isinstance(node.yaml, yaml.ScalarNode) else ""
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            self.report(node, "must be a day such as 2026-11-24.")
            return ""

    def texts(self, node: Node | None) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(text for item in self.items(node) if (text := self.text(item)))

    def number(self, node: Node | None, default: float, *, low: float, high: float) -> float:
        """A number from `low` to `high`."""
        if node is None:
            return default
        if not node.yaml.tag.endswith((":int", ":float")):
            self.report(node, f"must be a number, not {node.kind}.")
            return default
        try:
            number = float(node.yaml.value)
        except ValueError:
            number = float("nan")
        if not low <= number <= high:
            self.report(node, f"must be a number from {low:g} to {high:g}.")
            return default
        return number

    def integer(self, node: Node | None, default: int, *, low: int, high: int) -> int:
        """A whole number from `low` to `high`."""
        number = self.number(node, float(default), low=low, high=high)
        if node is not None and not number.is_integer():
            self.report(node, "must be a whole number.")
            return default
        return int(number)

    def truth(self, node: Node | None, *, default: bool) -> bool:
        """`true` or `false`."""
        if node is None:
            return default
        if not node.yaml.tag.endswith(":bool"):
            self.report(node, f"must be true or false, not {node.kind}.")
            return default
        return str(node.yaml.value).lower() in {"true", "yes", "on"}

    def choice(self, node: Node | None, choices: Mapping[str, _T], default: _T) -> _T:
        """One of a few words."""
        if node is None:
            return default
        text = self.text(node)
        if text and text not in choices:
            self.report(node, f"must be one of {', '.join(choices)}, not {text!r}.")
        return choices.get(text, default)


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A YAML file read into nodes: its root and the SHA-256 of its bytes."""

    root: Node
    sha256: str


def read_yaml(path: Path, error: type[ProblemsError]) -> YamlFile:
    """Read a YAML file into nodes.

    Args:
        path: The file; UTF-8, at most `MAX_BYTES`.
        error: The class of error to raise.

    Raises:
        ProblemsError: The given class, when the file cannot be read or is not sound YAML.
    """
    try:
        data = path.read_bytes()
    except OSError as cause:
        reason = "it is a folder" if path.is_dir() else (cause.strerror or "unknown reason")
        raise error((Problem("", f"cannot be read: {reason}."),), path=path) from None
    if len(data) > MAX_BYTES:
        message = f"is larger than {MAX_BYTES // 1_000_000} MB; split it."
        raise error((Problem("", message),), path=path)
    problems = _unsound(data)
    if problems:
        raise error(tuple(problems), path=path)
    root = yaml.compose(data.decode("utf-8-sig"), Loader=_Loader)
    if root is None:
        raise error((Problem("", "is empty."),), path=path)
    return YamlFile(Node(root, ""), hashlib.sha256(data).hexdigest())


def _unsound(data: bytes) -> Sequence[Problem]:
    """Problems that make it unsafe or impossible to build the nodes."""
    depth = 0
    try:
        for event in yaml.parse(data.decode("utf-8-sig"), Loader=_Loader):
            line = event.start_mark.line + 1 if event.start_mark else None
            if isinstance(event, yaml.AliasEvent):
                return [Problem("", "aliases (*name) are not allowed; use `lists`.", line)]
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > MAX_DEPTH:
                return [Problem("", f"nested deeper than {MAX_DEPTH} levels.", line)]
    except UnicodeDecodeError as cause:
        line = data[: cause.start].count(b"\n") + 1
        return [Problem("", "is not UTF-8; save it as UTF-8.", line)]
    except yaml.MarkedYAMLError as cause:
        mark = cause.problem_mark or cause.context_mark
        said = cause.problem or cause.context or "not valid YAML"
        return [Problem("", f"not valid YAML: {said}.", mark.line + 1 if mark else None)]
    except yaml.YAMLError as cause:
        return [Problem("", f"not valid YAML: {cause}".splitlines()[0])]
    return []
