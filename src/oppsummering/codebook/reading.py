"""Reading a codebook from YAML, with every problem and its place."""

from __future__ import annotations

import difflib
from functools import partial
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from oppsummering.codebook.contradictions import why_never
from oppsummering.codebook.model import (
    Codebook,
    Example,
    Negation,
    Scope,
    Term,
    Theme,
    Veto,
    WordList,
)
from oppsummering.errors import CodebookError
from oppsummering.matchers import MATCHERS, PhraseMatcher
from oppsummering.patterns import PatternError, Position, WordPatterns
from oppsummering.yamlfile import Checker, Node, quoted, read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from oppsummering.matchers import Matcher, Option

_T = TypeVar("_T")

SCHEMA_VERSION: Final = 1
LANGUAGES: Final = ("nb", "nn", "en")
MAX_STRENGTH: Final = 10.0

_KINDS: Final = {matcher.kind: matcher for matcher in MATCHERS}
_OPTIONS: Final = tuple(dict.fromkeys(option for m in MATCHERS for option in m.options))


def shipped_codebook() -> Path:
    """The path of the codebook that comes with the package."""
    packaged = Path(str(resources.files("oppsummering") / "themes.yaml"))
    checkout = Path(__file__).parents[3] / "themes.yaml"
    return packaged if packaged.is_file() else checkout


def load_codebook(path: Path | None = None) -> Codebook:
    """Read and check a codebook.

    The shipped one is checked by the tests; here its start-up is spared what they have shown, that
    it is sound YAML without contradictions. Give its path to have it checked all the same.

    Args:
        path: A YAML file; the shipped `themes.yaml` when None.

    Raises:
        CodebookError: With every problem and its place, when the codebook is not valid.
    """
    shipped = path is None
    path = shipped_codebook() if path is None else path
    file = read_yaml(path, CodebookError, trusted=shipped)
    reader = _CodebookReader(trusted=shipped)
    codebook = reader.codebook(file.root, path.name, file.sha256)
    if reader.check.problems:
        problems = dict.fromkeys(reader.check.problems)
        ordered = sorted(problems, key=lambda problem: problem.line or 0)
        raise CodebookError(tuple(ordered), path=path)
    return codebook


class _CodebookReader:
    """Turns nodes into a codebook; problems are collected in `check`.

    Args:
        trusted: Whether it is known to be without contradictions.
    """

    def __init__(self, *, trusted: bool = False) -> None:
        self.check = Checker()
        self._trusted = trusted
        self._words = WordPatterns({})

    def codebook(self, root: Node, file: str, sha256: str) -> Codebook:
        """The whole codebook; of no use when there are problems."""
        keys = self.check.mapping(
            root, required=("schema_version", "name", "themes"), optional=("lists", "description")
        )
        self._version(keys.get("schema_version"))
        lists = self._lists(keys.get("lists"))
        self._words = WordPatterns({one.name: one.words for one in lists})
        nodes = self.check.items(keys.get("themes"), at_least_one="theme")
        themes = tuple(self._theme(node) for node in nodes)
        self._unique(nodes, [theme.id for theme in themes], "theme")
        return Codebook(self.check.text(keys.get("name")), file, sha256, lists, themes)

    def _version(self, node: Node | None) -> None:
        version = self.check.integer(node, SCHEMA_VERSION, low=1, high=1000)
        if node is not None and version != SCHEMA_VERSION:
            self.check.report(
                node, f"is {version}; this version of oppsummering reads {SCHEMA_VERSION}."
            )

    def _lists(self, node: Node | None) -> tuple[WordList, ...]:
        entries = self.check.entries(node)
        items = {name: self.check.text_items(value, at_least_one="word") for name, value in entries}
        words = WordPatterns({name: [text for _, text in items[name]] for name in items})
        lists = []
        for name, value in entries:
            before = len(self.check.problems)
            if not name.replace("_", "").replace("-", "").isalnum():
                self.check.report(value, "the name of a list is letters, digits, - and _.")
            for item, text in items[name]:
                self._try(item, partial(words.word, text))
            if len(self.check.problems) == before:
                self._try(value, partial(words.word, f"@{name}"))
            sound = len(self.check.problems) == before
            written = tuple(text for _, text in items[name]) if sound else ()
            lists.append(WordList(name, written, value.line))
        return tuple(lists)

    def _theme(self, node: Node) -> Theme:
        keys = self.check.mapping(
            node,
            required=("id", "labels", "definition", "terms", "examples"),
            optional=("include", "exclude", "threshold", "scope", "vetoes"),
        )
        before = len(self.check.problems)
        term_nodes = self.check.items(keys.get("terms"), at_least_one="term")
        terms = tuple(self._term(term) for term in term_nodes)
        term_ids = [term.id for term in terms]
        veto_nodes = self.check.items(keys.get("vetoes"))
        vetoes = tuple(self._veto(veto, term_ids) for veto in veto_nodes)
        examples = self._examples(keys.get("examples"))
        theme = Theme(
            id=self._identifier(keys.get("id")),
            labels=self._labels(keys.get("labels")),
            definition=self.check.text(keys.get("definition")),
            include=self.check.texts(keys.get("include")),
            exclude=self.check.texts(keys.get("exclude")),
            threshold=self.check.number(keys.get("threshold"), 1.0, low=0.01, high=100.0),
            scope=self.check.choice(
                keys.get("scope"),
                {scope.value: scope for scope in (Scope.SENTENCE, Scope.STATEMENT)},
                Scope.SENTENCE,
            ),
            terms=terms,
            vetoes=vetoes,
            match=examples["match"],
            no_match=examples["no_match"],
            line=node.line,
        )
        self._unique(term_nodes, term_ids, "term")
        self._unique(veto_nodes, [veto.id for veto in vetoes], "veto")
        if terms and not self._trusted and len(self.check.problems) == before:
            self._contradictions(node, term_nodes, theme)
        return theme

    def _term(self, node: Node) -> Term:
        keys = self._term_keys(
            node, ("id", "strength", "requires", "unless", "scope", "negation", "note")
        )
        matcher = self._matcher(node, keys)
        return Term(
            id=self.check.text(keys.get("id"), matcher.label),
            matcher=matcher,
            strength=self.check.number(keys.get("strength"), 1.0, low=0.01, high=MAX_STRENGTH),
            requires=self._phrases(keys.get("requires")),
            unless=self._phrases(keys.get("unless")),
            scope=self.check.choice(
                keys.get("scope"),
                {scope.value: scope for scope in (Scope.SENTENCE, Scope.STATEMENT)},
                Scope.SENTENCE,
            ),
            negation=self.check.choice(
                keys.get("negation"), {n.value: n for n in Negation}, Negation.ANY
            ),
            line=node.line,
        )

    def _veto(self, node: Node, term_ids: list[str]) -> Veto:
        keys = self._term_keys(node, ("id", "scope", "blocks", "note"))
        matcher = self._matcher(node, keys)
        blocks = self.check.text_items(keys.get("blocks"), at_least_one="id of a term")
        for item, name in blocks:
            if name not in term_ids:
                self.check.report(item, _no_term(name, term_ids))
        return Veto(
            id=self.check.text(keys.get("id"), matcher.label),
            matcher=matcher,
            scope=self.check.choice(
                keys.get("scope"), {scope.value: scope for scope in Scope}, Scope.SENTENCE
            ),
            blocks=frozenset(name for _, name in blocks) if "blocks" in keys else None,
            line=node.line,
        )

    def _term_keys(self, node: Node, further: tuple[str, ...]) -> dict[str, Node]:
        return self.check.mapping(node, optional=(*_KINDS, *_OPTIONS, *further))

    def _matcher(self, node: Node, keys: Mapping[str, Node]) -> Matcher:
        """The matcher of a term; a stand-in when there is a problem."""
        stand_in = PhraseMatcher((), "")
        kinds = [kind for kind in _KINDS if kind in keys]
        if len(kinds) != 1:
            found = " and ".join(kinds) if kinds else "none"
            self.check.report(node, f"needs exactly one of {', '.join(_KINDS)}; it has {found}.")
            return stand_in
        kind = _KINDS[kinds[0]]
        value = keys[kind.kind]
        before = len(self.check.problems)
        values = self.check.texts(value) if kind.many else (self.check.text(value),)
        readable = len(self.check.problems) == before
        options = self._options(keys, kind)
        if not readable:
            return stand_in
        return self._try(value, partial(kind.build, values, options, self._words)) or stand_in

    def _options(self, keys: Mapping[str, Node], kind: type[Matcher]) -> dict[str, Option]:
        readers: dict[str, Callable[[Node], Option]] = {
            "position": lambda node: self.check.choice(
                node, {p.value: p for p in Position}, Position.ANY
            ),
            "distance": lambda node: self.check.integer(node, 0, low=0, high=100),
            "ordered": lambda node: self.check.truth(node, default=False),
            "at_least": lambda node: self.check.integer(node, 2, low=2, high=50),
            "case": lambda node: self.check.truth(node, default=False),
        }
        options: dict[str, Option] = {}
        for option in _OPTIONS:
            if option in keys and option not in kind.options:
                self.check.report(keys[option], f"does not go with {kind.kind!r}.")
            elif option in keys:
                options[option] = readers[option](keys[option])
        return options

    def _phrases(self, node: Node | None) -> tuple[PhraseMatcher, ...]:
        phrases = []
        for item, text in self.check.text_items(node, at_least_one="phrase"):
            phrase = self._try(item, partial(PhraseMatcher.build, (text,), {}, self._words))
            phrases += [phrase] if phrase else []
        return tuple(phrases)

    def _labels(self, node: Node | None) -> dict[str, str]:
        if node is None:
            return {"nb": ""}
        keys = self.check.mapping(node, required=("nb",), optional=LANGUAGES[1:])
        return {"nb": ""} | {language: self.check.text(keys[language]) for language in keys}

    def _examples(self, node: Node | None) -> dict[str, tuple[Example, ...]]:
        if node is None:
            return {"match": (), "no_match": ()}
        keys = self.check.mapping(node, required=("match", "no_match"))
        examples: dict[str, tuple[Example, ...]] = {}
        lines: dict[str, int] = {}
        for key in ("match", "no_match"):
            found = self.check.text_items(keys.get(key), at_least_one="sentence")
            for item, text in found:
                if text in lines:
                    self.check.report(item, f"the sentence is there already, line {lines[text]}.")
                lines.setdefault(text, item.line)
            examples[key] = tuple(Example(text, item.line) for item, text in found)
        return examples

    def _identifier(self, node: Node | None) -> str:
        text = self.check.text(node)
        if node is not None and text and not (text.isidentifier() and text.isascii()):
            self.check.report(
                node, f"{text!r} must be letters from a to z, digits and _, no digit first."
            )
        return text

    def _unique(self, nodes: list[Node], ids: list[str], what: str) -> None:
        lines: dict[str, int] = {}
        for node, name in zip(nodes, ids, strict=True):
            if name and name in lines:
                hint = "" if what == "theme" else " Give one an `id` of its own."
                message = f"the {what} {name!r} is there already, on line {lines[name]}.{hint}"
                self.check.report(node, message)
            lines.setdefault(name, node.line)

    def _contradictions(self, node: Node, terms: Sequence[Node], theme: Theme) -> None:
        alive = 0.0
        for place, term in zip(terms, theme.terms, strict=True):
            reason = why_never(theme, term)
            if reason:
                self.check.report(place, f"the term {term.id!r} can never match: {reason}")
            else:
                alive += term.strength
        if not theme.reached_by(alive):
            self.check.report(
                node,
                f"the theme {theme.id!r} can never match: its terms reach {alive:g} together, "
                f"and the threshold is {theme.threshold:g}.",
            )

    def _try(self, node: Node, build: Callable[[], _T]) -> _T | None:
        try:
            return build()
        except PatternError as error:
            self.check.report(node, str(error))
            return None


def _no_term(name: str, known: Sequence[str]) -> str:
    close = difflib.get_close_matches(name, known, n=1)
    hint = f" Did you mean {close[0]!r}?" if close else ""
    return f"there is no term {quoted(name)} in this theme.{hint}"
