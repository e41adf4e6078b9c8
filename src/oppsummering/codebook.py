"""The codebook: themes and their terms, read from YAML with every problem at once."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from oppsummering.errors import CodebookError, Problem
from oppsummering.matchers import MATCHERS, PhraseMatcher
from oppsummering.patterns import PatternError, Position, WordPattern, WordPatterns
from oppsummering.tagged import CodebookInfo, ThemeInfo
from oppsummering.yamlfile import Checker, Node, read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from oppsummering.matchers import Matcher, Option

_T = TypeVar("_T")

SCHEMA_VERSION: Final = 1
LANGUAGES: Final = ("nb", "nn", "en")
MAX_STRENGTH: Final = 10.0

_KINDS: Final = {matcher.kind: matcher for matcher in MATCHERS}
_OPTIONS: Final = tuple(dict.fromkeys(option for m in MATCHERS for option in m.options))


class Scope(StrEnum):
    """How far a rule reaches: the matched words alone, their sentence, or the statement."""

    WORDS = "words"
    SENTENCE = "sentence"
    STATEMENT = "statement"


class Negation(StrEnum):
    """What a term asks of a negation before it in the same sentence."""

    ANY = "any"
    FORBID = "forbid"
    REQUIRE = "require"


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a theme: words that speak for it.

    Attributes:
        id: Unique within the theme.
        matcher: Finds its words.
        strength: What it adds to the theme's score; the theme's threshold decides.
        requires: Phrases of which one must stand in the same scope.
        unless: Phrases of which none may stand in the same scope.
        scope: How far `requires` and `unless` reach.
        negation: Whether a negation before it is welcome.
        line: Its 1-based line in the codebook.
    """

    id: str
    matcher: Matcher
    strength: float
    requires: tuple[PhraseMatcher, ...]
    unless: tuple[PhraseMatcher, ...]
    scope: Scope
    negation: Negation
    line: int


@dataclass(frozen=True, slots=True)
class Veto:
    """Words that speak against a theme.

    Attributes:
        id: Unique within the theme.
        matcher: Finds its words.
        scope: Which matches it takes away: those that share a word with it, those in its
            sentence, or those in the statement.
        blocks: The ids of the terms that it takes away; every term when None.
        line: Its 1-based line in the codebook.
    """

    id: str
    matcher: Matcher
    scope: Scope
    blocks: frozenset[str] | None
    line: int


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence of the codebook that must, or must not, have the theme; and its line."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of the codebook.

    Attributes:
        id: Unique in the codebook.
        labels: Its name in `nb`, `nn` and `en`; at least `nb`.
        definition: What it means.
        include: What counts.
        exclude: What does not.
        threshold: The score from which on a statement has the theme.
        scope: Whether the score is summed within a sentence or over the statement.
        terms: Its terms, in the order of the file.
        vetoes: Its vetoes.
        match: Sentences that must have it.
        no_match: Sentences that must not.
        line: Its 1-based line.
    """

    id: str
    labels: Mapping[str, str]
    definition: str
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    threshold: float
    scope: Scope
    terms: tuple[Term, ...]
    vetoes: tuple[Veto, ...]
    match: tuple[Example, ...]
    no_match: tuple[Example, ...]
    line: int

    @property
    def label(self) -> str:
        """The label in Bokmål, which every theme has."""
        return self.labels["nb"]


@dataclass(frozen=True, slots=True)
class Codebook:
    """A valid codebook.

    Attributes:
        name: What it calls itself.
        file: The name of its file, without the folder.
        sha256: Hexadecimal SHA-256 of its bytes.
        themes: Its themes, in the order of the file.
    """

    name: str
    file: str
    sha256: str
    themes: tuple[Theme, ...]

    @property
    def info(self) -> CodebookInfo:
        """The codebook as outputs name it."""
        themes = tuple(ThemeInfo(theme.id, theme.label) for theme in self.themes)
        return CodebookInfo(self.file, self.sha256, themes)

    def patterns(self) -> Iterator[WordPattern]:
        """Every word pattern, each once, in the order of the file."""
        seen: set[WordPattern] = set()
        for matcher in self._matchers():
            for pattern in matcher.patterns():
                if pattern not in seen:
                    seen.add(pattern)
                    yield pattern

    def _matchers(self) -> Iterator[Matcher]:
        for theme in self.themes:
            for term in theme.terms:
                yield from (term.matcher, *term.requires, *term.unless)
            yield from (veto.matcher for veto in theme.vetoes)


def shipped_codebook() -> Path:
    """The path of the codebook that comes with the package."""
    packaged = Path(str(resources.files("oppsummering") / "themes.yaml"))
    checkout = Path(__file__).parents[2] / "themes.yaml"
    return packaged if packaged.is_file() else checkout


def load_codebook(path: Path | None = None) -> Codebook:
    """Read and check a codebook.

    Args:
        path: A YAML file; the shipped `themes.yaml` when None.

    Raises:
        CodebookError: With every problem and its place, when the codebook is not valid.
    """
    path = shipped_codebook() if path is None else path
    file = read_yaml(path, CodebookError)
    reader = _CodebookReader()
    codebook = reader.codebook(file.root, path.name, file.sha256)
    if reader.check.problems:
        ordered = sorted(reader.check.problems, key=lambda problem: problem.line or 0)
        raise CodebookError(tuple(ordered), path=path)
    return codebook


class _CodebookReader:
    """Turns nodes into a codebook; problems are collected in `check`."""

    def __init__(self) -> None:
        self.check = Checker()
        self._words = WordPatterns({})

    def codebook(self, root: Node, file: str, sha256: str) -> Codebook:
        """The whole codebook; of no use when there are problems."""
        keys = self.check.mapping(
            root, required=("schema_version", "name", "themes"), optional=("lists", "description")
        )
        self._version(keys.get("schema_version"))
        self._words = WordPatterns(self._lists(keys.get("lists")))
        themes = tuple(self._theme(node) for node in self.check.items(keys.get("themes")))
        if "themes" in keys and not themes:
            self.check.report(keys["themes"], "must hold at least one theme.")
        self._unique(self.check.items(keys.get("themes")), [theme.id for theme in themes], "theme")
        return Codebook(self.check.text(keys.get("name")), file, sha256, themes)

    def _version(self, node: Node | None) -> None:
        version = self.check.integer(node, SCHEMA_VERSION, low=1, high=1000)
        if node is not None and version != SCHEMA_VERSION:
            self.check.report(
                node, f"is {version}; this version of oppsummering reads {SCHEMA_VERSION}."
            )

    def _lists(self, node: Node | None) -> dict[str, tuple[str, ...]]:
        entries = self.check.entries(node)
        lists = {name: self.check.texts(value) for name, value in entries}
        words = WordPatterns(lists)
        for name, value in entries:
            for item, text in zip(self.check.items(value), lists[name], strict=False):
                self._try(item, lambda text=text: words.word(text))  # type: ignore[misc]
            self._try(value, lambda name=name: words.word(f"@{name}"))  # type: ignore[misc]
        return lists

    def _theme(self, node: Node) -> Theme:
        keys = self.check.mapping(
            node,
            required=("id", "labels", "definition", "terms", "examples"),
            optional=("include", "exclude", "threshold", "scope", "vetoes"),
        )
        terms = tuple(self._term(term) for term in self.check.items(keys.get("terms")))
        term_ids = [term.id for term in terms]
        vetoes = tuple(self._veto(veto, term_ids) for veto in self.check.items(keys.get("vetoes")))
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
        self._unique(self.check.items(keys.get("terms")), term_ids, "term")
        self._unique(self.check.items(keys.get("vetoes")), [veto.id for veto in vetoes], "veto")
        self._contradictions(keys.get("terms"), theme)
        return theme

    def _term(self, node: Node) -> Term:
        keys = self._term_keys(
            node, ("id", "strength", "requires", "unless", "scope", "negation", "note")
        )
        matcher = self._matcher(node, keys)
        term = Term(
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
        both = {p.label for p in term.requires} & {p.label for p in term.unless}
        if both or matcher.label in {phrase.label for phrase in term.unless}:
            self.check.report(node, "can never match: it forbids what it asks for.")
        return term

    def _veto(self, node: Node, term_ids: list[str]) -> Veto:
        keys = self._term_keys(node, ("id", "scope", "blocks", "note"))
        matcher = self._matcher(node, keys)
        blocks = self.check.texts(keys.get("blocks"))
        for item, name in zip(self.check.items(keys.get("blocks")), blocks, strict=False):
            if name not in term_ids:
                self.check.report(item, f"there is no term {name!r} in this theme.")
        return Veto(
            id=self.check.text(keys.get("id"), matcher.label),
            matcher=matcher,
            scope=self.check.choice(
                keys.get("scope"), {scope.value: scope for scope in Scope}, Scope.SENTENCE
            ),
            blocks=frozenset(blocks) if "blocks" in keys else None,
            line=node.line,
        )

    def _term_keys(self, node: Node, further: tuple[str, ...]) -> dict[str, Node]:
        return self.check.mapping(node, optional=(*_KINDS, *_OPTIONS, *further))

    def _matcher(self, node: Node, keys: Mapping[str, Node]) -> Matcher:
        """The matcher of a term; a stand-in when there is a problem."""
        stand_in = PhraseMatcher((), f"?{node.line}")
        kinds = [kind for kind in _KINDS if kind in keys]
        if len(kinds) != 1:
            found = " and ".join(kinds) if kinds else "none"
            self.check.report(node, f"needs exactly one of {', '.join(_KINDS)}; it has {found}.")
            return stand_in
        kind = _KINDS[kinds[0]]
        value = keys[kind.kind]
        values = self.check.texts(value) if kind.many else (self.check.text(value),)
        options = self._options(keys, kind)
        if not all(values) or not values:
            return stand_in
        built = self._try(value, lambda: kind.build(values, options, self._words))
        return built or stand_in

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
        for item in self.check.items(node):
            text = self.check.text(item)
            if text:
                phrase = self._try(
                    item,
                    lambda text=text: PhraseMatcher.build((text,), {}, self._words),  # type: ignore[misc]
                )
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
        examples = {}
        for key in ("match", "no_match"):
            items = self.check.items(keys.get(key))
            examples[key] = tuple(Example(self.check.text(item), item.line) for item in items)
            if key in keys and not items:
                self.check.report(keys[key], "must hold at least one sentence.")
        return examples

    def _identifier(self, node: Node | None) -> str:
        text = self.check.text(node)
        if node is not None and text and not (text.isidentifier() and text.isascii()):
            self.check.report(node, f"{text!r} must be a to z, digits and _, no digit first.")
        return text

    def _unique(self, nodes: list[Node], ids: list[str], what: str) -> None:
        lines: dict[str, int] = {}
        for node, name in zip(nodes, ids, strict=True):
            if name and name in lines:
                hint = "" if what == "theme" else " Give one an `id` of its own."
                message = f"the {what} {name!r} is there already, on line {lines[name]}.{hint}"
                self.check.report(node, message)
            lines.setdefault(name, node.line)

    def _contradictions(self, node: Node | None, theme: Theme) -> None:
        if node is None:
            return
        if sum(term.strength for term in theme.terms) < theme.threshold:
            self.check.report(
                node,
                f"can never match: all terms together have less than the threshold "
                f"{theme.threshold:g}.",
            )
        for veto in theme.vetoes:
            for term in theme.terms:
                same = (veto.matcher.kind, veto.matcher.label)
                blocked = veto.blocks is None or term.id in veto.blocks
                if blocked and same == (term.matcher.kind, term.matcher.label):
                    message = f"the veto {veto.id!r} on line {veto.line} takes it away always."
                    self.check.problems.append(self._problem_of_term(node, term, message))

    def _problem_of_term(self, node: Node, term: Term, message: str) -> Problem:
        return Problem(f"{node.where}: {term.id}", message, term.line)

    def _try(self, node: Node, build: Callable[[], _T]) -> _T | None:
        try:
            return build()
        except PatternError as error:
            self.check.report(node, str(error))
            return None
