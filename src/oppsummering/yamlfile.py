"""YAML files that people write: every value knows its place, every problem is collected.

The file is composed with PyYAML into nodes, never into Python objects, so that no tag in it can
create anything. Aliases, deep nesting and huge files are refused before anything is built.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final, TypeVar

import yaml

from oppsummering.bounded import read_bounded
from oppsummering.errors import Problem, ProblemsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

_T = TypeVar("_T")

MAX_BYTES: Final = 4_000_000
MAX_DEPTH: Final = 20
MAX_VALUES: Final = 200_000
"""How many values and keys a file may hold: some 14,000 corrections, or 50,000 terms."""

_MAX_QUOTED: Final = 60
_CLOSE: Final = 0.75
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_HINTS: Final = {
    "cannot start any token": "Put a text that begins with @, % or ` in quotes.",
    "alphabetic or numeric": "Put a text that begins with * or & in quotes.",
    "mapping values are not allowed": "Put a text with a colon in it in quotes.",
    "tab character": "Indent with blanks.",
    "expected ':'": "Is there a colon after the key, and a quotation mark at both ends?",
    "unexpected end of stream": "Is a quotation mark missing?",
}
"""What most likely happened, by the words of PyYAML's message."""

_TOO_DEEP: Final = f"nested deeper than {MAX_DEPTH} levels."
_TOO_DEEP_FOR_PYYAML: Final = "nesting depth"
"""PyYAML looks ahead, and since 6.0.4 stops at a limit of its own before an event is given."""

_TAG: Final = "tag:yaml.org,2002:"

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
        if isinstance(self.yaml, yaml.MappingNode):
            return "a mapping"
        if isinstance(self.yaml, yaml.SequenceNode):
            return "a list"
        tag = str(self.yaml.tag).rsplit(":", 1)[-1]
        names = {"str": "a text", "null": "nothing", "bool": "a truth value", "timestamp": "a date"}
        numbers = {"int": "a number", "float": "a number"}
        return (names | numbers).get(tag, f"a value of the type {quoted(tag)}")

    def scalar(self, *tags: str) -> str | None:
        """The value as written, when it is a single one with one of these YAML tags."""
        if isinstance(self.yaml, yaml.ScalarNode) and self.yaml.tag in {_TAG + tag for tag in tags}:
            return str(self.yaml.value)
        return None


def quoted(text: str) -> str:
    """A text in quotation marks, cut where it is long, to be named in a message."""
    return repr(text if len(text) <= _MAX_QUOTED else f"{text[: _MAX_QUOTED - 1]}…")


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
        known = dict.fromkeys((*required, *optional))
        found: dict[str, Node] = {}
        for key, child, place in _pairs(node):
            if key is None:
                self.report(place, "a key must be a text.")
            elif key in found:
                self.report(place, f"the key {quoted(key)} is there twice; keep one.")
            elif key not in known:
                self.report(place, _unknown_key(key, list(known)))
            else:
                found[key] = child
        for key in required:
            if key not in found:
                self.report(node, f"the key {key!r} is missing.")
        return found

    def items(self, node: Node | None, *, at_least_one: str = "") -> list[Node]:
        """The items of a list; nothing for a missing one.

        Args:
            node: The list.
            at_least_one: What the items are, in words, when an empty list is a problem.
        """
        if node is None:
            return []
        if not isinstance(node.yaml, yaml.SequenceNode):
            self.report(node, f"must be a list, not {node.kind}.")
            return []
        if at_least_one and not node.yaml.value:
            self.report(node, f"must hold at least one {at_least_one}.")
        return [Node(child, f"{node.where}[{i}]") for i, child in enumerate(node.yaml.value)]

    def entries(self, node: Node | None) -> list[tuple[str, Node]]:
        """The keys and values of a mapping whose keys the user chooses."""
        if node is None:
            return []
        if not isinstance(node.yaml, yaml.MappingNode):
            self.report(node, f"must be a mapping of keys to values, not {node.kind}.")
            return []
        keys = [key for key, _, _ in _pairs(node) if key is not None]
        return list(self.mapping(node, optional=keys).items())

    def text(self, node: Node | None, default: str = "") -> str:
        """A text that is not blank, outer white space removed."""
        if node is None:
            return default
        text = node.scalar("str")
        if text is None:
            self.report(node, f"must be a text, not {node.kind}.{_quote_hint(node)}")
            return default
        text = text.strip()
        if not text:
            self.report(node, "must not be empty.")
            return default
        if _CONTROL.search(text):
            self.report(node, "holds a control character; take it out.")
            return default
        return text

    def date(self, node: Node | None) -> str:
        """A day such as 2026-11-24, in quotes or not; empty for a missing one."""
        if node is None:
            return ""
        try:
            return date.fromisoformat(node.scalar("str", "timestamp") or "").isoformat()
        except ValueError:
            self.report(node, "must be a day such as 2026-11-24.")
            return ""

    def texts(self, node: Node | None) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(text for _, text in self.text_items(node))

    def text_items(self, node: Node | None, *, at_least_one: str = "") -> list[tuple[Node, str]]:
        """A list of texts, each with its place; see `items`."""
        items = self.items(node, at_least_one=at_least_one)
        return [(item, text) for item in items if (text := self.text(item))]

    def number(self, node: Node | None, default: float, *, low: float, high: float) -> float:
        """A number from `low` to `high`."""
        if node is None:
            return default
        written = node.scalar("int", "float")
        if written is None:
            self.report(node, f"must be a number, not {node.kind}.")
            return default
        try:
            number = float(written)
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
        written = node.scalar("bool")
        if written is None:
            self.report(node, f"must be true or false, not {node.kind}.")
            return default
        return written.lower() in {"true", "yes", "on"}

    def choice(self, node: Node | None, choices: Mapping[str, _T], default: _T) -> _T:
        """One of a few words."""
        if node is None:
            return default
        written = node.scalar("str")
        if written is None or written not in choices:
            found = node.kind if written is None else quoted(written)
            self.report(node, f"must be one of {', '.join(choices)}, not {found}.")
            return default
        return choices[written]


def _pairs(node: Node) -> Iterator[tuple[str | None, Node, Node]]:
    """Each key of a mapping, its value, and the place of the key; None for a key that is no text.

    `no` and `1` are keys as written, although YAML takes them for a truth value and a number.
    """
    for key_node, value in node.yaml.value:
        key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else None
        shown = "?" if key is None else key[:_MAX_QUOTED]
        where = f"{node.where}.{shown}" if node.where else shown
        yield key, Node(value, where), Node(key_node, where)


def _unknown_key(key: str, known: Sequence[str]) -> str:
    close = difflib.get_close_matches(key[:_MAX_QUOTED], known, n=1, cutoff=_CLOSE)
    hint = f"did you mean {close[0]!r}?" if close else f"known here: {', '.join(known)}."
    return f"unknown key {quoted(key)}; {hint}"


def _quote_hint(node: Node) -> str:
    """How to write a value that YAML takes for something else than a text."""
    if not isinstance(node.yaml, yaml.ScalarNode):
        return ""
    written = str(node.yaml.value)
    return f" Put it in quotes: {json.dumps(written, ensure_ascii=False)}." if written else ""


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A YAML file read into nodes: its root and the SHA-256 of its bytes."""

    root: Node
    sha256: str


def read_yaml(path: Path, error: type[ProblemsError], *, trusted: bool = False) -> YamlFile:
    """Read a YAML file into nodes.

    Args:
        path: The file; UTF-8, at most `MAX_BYTES`.
        error: The class of error to raise.
        trusted: Whether the file is one of our own, known to be sound YAML.

    Raises:
        ProblemsError: The given class, when the file cannot be read or is not sound YAML.
    """
    try:
        data = read_bounded(path, MAX_BYTES)
    except OSError as cause:
        reason = "it is a folder" if path.is_dir() else (cause.strerror or "unknown reason")
        raise error((Problem("", f"cannot be read: {reason}."),), path=path) from None
    if data is None:
        message = f"is larger than {MAX_BYTES // 1_000_000} MB; split it."
        raise error((Problem("", message),), path=path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        line = data[: cause.start].count(b"\n") + 1
        raise error((Problem("", "is not UTF-8; save it as UTF-8.", line),), path=path) from None
    problem = None if trusted else _unsound(text)
    if problem:
        raise error((problem,), path=path)
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError:
        # A trusted file that somebody has edited all the same.
        problem = _unsound(text) or Problem("", "not valid YAML.")
        raise error((problem,), path=path) from None
    if root is None:
        raise error((Problem("", "is empty."),), path=path)
    return YamlFile(Node(root, ""), hashlib.sha256(data).hexdigest())


def _unsound(text: str) -> Problem | None:
    """What makes it unsafe or impossible to build the nodes."""
    control = _CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        return Problem("", f"holds a control character (U+{ord(control[0]):04X}).", line)
    try:
        return _unsafe(text)
    except yaml.MarkedYAMLError as cause:
        mark = cause.problem_mark or cause.context_mark
        said = cause.problem or cause.context or "it cannot be read"
        if _TOO_DEEP_FOR_PYYAML in said:
            return Problem("", _TOO_DEEP, mark.line + 1 if mark else None)
        hint = next((f" {hint}" for words, hint in _HINTS.items() if words in said), "")
        return Problem("", f"not valid YAML: {said}.{hint}", mark.line + 1 if mark else None)
    except yaml.YAMLError as cause:
        return Problem("", f"not valid YAML: {str(cause).splitlines()[0]}.")


def _unsafe(text: str) -> Problem | None:
    """The first thing that could make the nodes explode, nest or share."""
    depth = documents = values = 0
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        documents += isinstance(event, yaml.DocumentStartEvent)
        values += isinstance(event, yaml.NodeEvent)
        message = ""
        if isinstance(event, yaml.AliasEvent) or (
            isinstance(event, yaml.NodeEvent) and event.anchor
        ):
            message = (
                "aliases (*name) and anchors (&name) are not allowed; "
                "put a text that begins with * or & in quotes."
            )
        elif depth > MAX_DEPTH:
            message = _TOO_DEEP
        elif documents > 1:
            message = "holds more than one document; keep one, without `---` inside."
        elif values > MAX_VALUES:
            message = f"holds more than {MAX_VALUES:,} values; split it."
        if message:
            mark = event.start_mark
            return Problem("", message, mark.line + 1 if mark else None)
    return None
