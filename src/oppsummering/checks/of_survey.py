"""Checks of the survey itself: was everything read, and does it look as it should?"""

from __future__ import annotations

import re
from collections import defaultdict
from statistics import median
from typing import TYPE_CHECKING, Final

from oppsummering.checks.model import Check, Remark
from oppsummering.config import Level
from oppsummering.language.foreign import is_foreign
from oppsummering.language.lemmas import bundled_lemma_table
from oppsummering.language.lexicon import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from oppsummering.checks.model import Context

FEW: Final = 5
"""Statements from which on a survey has a usual length."""

_WORD: Final = re.compile(r"\w+")

# What UTF-8 looks like when it was read as Windows-1252, and what is left of lost letters.
_MOJIBAKE: Final = re.compile("Ã[¥¦¸†˜…\u0085\u0086\u0098©¤¶]|â€[™œ\u009d“”˜]|Â[«» ·\u00a0]")
_LOST_LETTER: Final = re.compile(r"\ufffd|(?<![/=&.\w-])[^\W\d_]*[a-zæøå]\?[a-zæøå]+(?![=\w])")


def from_diagnostics(*codes: str) -> Callable[[Context], Iterator[Remark]]:
    """A check that passes on what the reader noticed."""

    def run(context: Context) -> Iterator[Remark]:
        for diagnostic in context.tagged.survey.diagnostics:
            if diagnostic.code in codes:
                yield Remark(diagnostic.message, diagnostic.line)

    return run


def lone_municipalities(context: Context) -> Iterable[Remark]:
    """A municipality that answers one question only, where others answer several."""
    questions: dict[str, set[str]] = defaultdict(set)
    places: dict[str, tuple[str, int]] = {}
    asked = [q for q in context.tagged.survey.questions if q.responses]
    for question in asked:
        for response in question.responses:
            label = response.municipality.casefold()
            questions[label].add(question.id)
            places.setdefault(label, (response.municipality, response.line))
    if len(asked) < 2 or all(len(found) == 1 for found in questions.values()):  # noqa: PLR2004
        return
    for label, found in questions.items():
        if len(found) == 1:
            name, line = places[label]
            yield Remark(f"{name} answers one question only; is the label right?", line)


def unusual_lengths(context: Context) -> Iterable[Remark]:
    """Statements far longer or shorter than the rest."""
    lengths = [
        (len(_WORD.findall(each.statement.text)), each.statement.line)
        for each in context.tagged.counted()
    ]
    if len(lengths) < FEW:
        return
    usual = median(words for words, _ in lengths)
    for words, line in lengths:
        if words > context.limits.long_statement * max(usual, 1):
            yield Remark(
                f"A statement of {words} words, where {usual:g} are usual; are several in one?",
                line,
            )
        elif words < context.limits.short_statement:
            yield Remark(f"A statement of {words} word(s); is the rest missing?", line)


def foreign_text(context: Context) -> Iterable[Remark]:
    """Statements that are long enough to tell, and in neither written standard."""
    lemmas, lexicon = bundled_lemma_table(), load_lexicon()
    for each in context.tagged.counted():
        if is_foreign(each.statement.text, lemmas, lexicon):
            yield Remark("Neither Bokmål nor Nynorsk; terms may not match.", each.statement.line)


def broken_encoding(context: Context) -> Iterable[Remark]:
    """Traces of text that was saved or read in the wrong encoding."""
    lines = context.tagged.survey.source.text.splitlines()
    for number, line in enumerate(lines, 1):
        found = _MOJIBAKE.search(line) or _LOST_LETTER.search(line)
        if found:
            yield Remark(
                f"{found.group()!r} looks like a letter that was lost in an encoding; "
                "save the file again as UTF-8 from where it came from.",
                number,
            )


CHECKS: Final = (
    Check(
        "unplaced-text",
        Level.WARNING,
        "text that belongs to no response",
        from_diagnostics("text-outside-response", "response-before-question"),
    ),
    Check(
        "possible-label",
        Level.WARNING,
        "lines that look like headings of responses",
        from_diagnostics("possible-label"),
    ),
    Check(
        "repaired-heading",
        Level.WARNING,
        "headings that were read with a repair",
        from_diagnostics("label-repaired"),
    ),
    Check(
        "repeated-municipality",
        Level.WARNING,
        "a municipality twice under one question",
        from_diagnostics("repeated-municipality"),
    ),
    Check(
        "question-numbering",
        Level.WARNING,
        "gaps and repetitions in the numbers of the questions",
        from_diagnostics("question-number-gap", "question-number-repeated"),
    ),
    Check(
        "empty-response",
        Level.WARNING,
        "responses without a statement",
        from_diagnostics("empty-response"),
    ),
    Check(
        "empty-question",
        Level.WARNING,
        "questions without a response",
        from_diagnostics("empty-question"),
    ),
    Check(
        "lone-municipality",
        Level.INFO,
        "a municipality under one question only",
        lone_municipalities,
    ),
    Check(
        "statement-length",
        Level.INFO,
        "statements far longer or shorter than the rest",
        unusual_lengths,
    ),
    Check(
        "written-standard",
        Level.WARNING,
        "text that is neither Bokmål nor Nynorsk",
        foreign_text,
    ),
    Check(
        "broken-encoding",
        Level.WARNING,
        "traces of a wrong encoding",
        broken_encoding,
    ),
    Check(
        "unplaced-correction",
        Level.WARNING,
        "corrections whose statement changed or vanished",
        from_diagnostics(
            "correction-statement-changed",
            "correction-statement-vanished",
            "correction-statement-ambiguous",
        ),
    ),
)
