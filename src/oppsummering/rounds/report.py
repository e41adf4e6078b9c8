"""The comparison of rounds as a report, in Norwegian, for any renderer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from oppsummering.report import Column, ColumnKind, Facts, Grid, Report, Section, Text
from oppsummering.rounds.statistics import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from oppsummering.counts import Share
    from oppsummering.report import Block, Row
    from oppsummering.rounds.comparison import Comparison, PairComparison, TermChange, TypicalWord
    from oppsummering.rounds.model import Round, RoundStatement
    from oppsummering.rounds.statistics import Change

UNITS: Final = {Unit.STATEMENTS: "utsagn", Unit.RESPONSES: "svar"}
CERTAINTIES: Final = {
    "same": "likt",
    "reworded": "omformulert",
    "uncertain": "usikkert",
    "added": "nytt",
    "removed": "borte",
}
SHOWN_TERMS: Final = 10
QUOTE_LENGTH: Final = 200


def comparison_report(comparison: Comparison) -> Report:
    """Lay out a comparison: the rounds, then each round against the one before it."""
    title = " → ".join(each.name for each in comparison.rounds)
    sections = [Section("Rundene", tuple(_rounds(comparison)))]
    for pair in comparison.pairs:
        sections += _pair(pair, comparison)
    return Report(f"Sammenligning: {title}", tuple(sections))


def _rounds(comparison: Comparison) -> Iterable[Block]:
    unit = UNITS[comparison.unit]
    columns = (
        Column("Runde", ColumnKind.TEXT),
        Column("Spørsmål", ColumnKind.COUNT),
        Column("Svar", ColumnKind.COUNT),
        Column("Utsagn", ColumnKind.COUNT),
        Column("Kodebok", ColumnKind.TEXT),
        Column("Modell", ColumnKind.TEXT),
        Column("Rettelser", ColumnKind.TEXT),
    )
    rows: tuple[Row, ...] = tuple(_round_row(each) for each in comparison.rounds)
    yield Grid(columns, rows)
    who = (
        "Det er oppgitt at de samme svarer i alle rundene; tallene tar ikke hensyn til det."
        if comparison.same_respondents
        else "Om det er de samme som svarer i rundene, er ikke kjent."
    )
    yield Text(f"Andeler er andeler av {unit}. {who}")


def _round_row(round_: Round) -> Row:
    return (
        round_.name,
        len(round_.questions),
        round_.responses,
        len(round_.statements),
        round_.codebook.sha256[:8],
        f"{round_.pipeline.name} {round_.pipeline.version}",
        _corrections(round_),
    )


def _corrections(round_: Round) -> str:
    """How many corrections were applied, and how many were not."""
    if round_.corrections is None:
        return "–"
    unplaced = round_.corrections.unplaced
    return f"{round_.corrections.applied}" + (f" ({unplaced} uten plass)" if unplaced else "")


def _pair(pair: PairComparison, comparison: Comparison) -> list[Section]:
    name = f"{pair.before.name} → {pair.after.name}"
    themes = (*_notes(pair), *_themes(pair, comparison))
    sections = [
        Section(f"Temaer: {name}", themes),
        Section(f"Spørsmål: {name}", (_questions(pair),)),
    ]
    if pair.new_terms or pair.vanished_terms:
        sections.append(Section(f"Termer: {name}", tuple(_terms(pair))))
    if pair.words_after or pair.words_before:
        sections.append(Section(f"Typiske ord: {name}", tuple(_words(pair))))
    return sections


def _notes(pair: PairComparison) -> Iterable[Text]:
    """What else differs than the answers."""
    if pair.before.codebook.sha256 != pair.after.codebook.sha256:
        yield Text("Obs! Rundene er kodet med ulike kodebøker; en endring kan skyldes det.")
    if pair.before.pipeline != pair.after.pipeline:
        yield Text("Obs! Rundene er lest med ulike språkmodeller; en endring kan skyldes det.")
    if not any(match.before and match.after for match in pair.questions):
        yield Text("Obs! Rundene har ingen spørsmål felles.")


def _themes(pair: PairComparison, comparison: Comparison) -> Iterable[Block]:
    if not pair.changes:
        yield Text("Rundene har ingen temaer felles.")
        return
    unit = UNITS[comparison.unit]
    yield _changes(pair.changes)
    yield Text(
        f"Før og etter: antall {unit} med temaet, og andelen av alle {unit}. Endring, 95 % "
        "konfidensintervall (KI) og «synlig fra» er i prosentpoeng. p er fra Fishers eksakte "
        "test, justert for antall temaer (Holm)."
    )
    yield from _conclusions(pair, comparison)


def _changes(changes: Iterable[Change]) -> Grid:
    columns = (
        Column("Tema", ColumnKind.TEXT),
        Column("Før", ColumnKind.TEXT),
        Column("Etter", ColumnKind.TEXT),
        Column("Endring", ColumnKind.TEXT),
        Column("95 % KI", ColumnKind.TEXT),
        Column("p", ColumnKind.TEXT),
        Column("Synlig fra", ColumnKind.TEXT),
    )
    return Grid(columns, tuple(_change_row(change) for change in changes))


def _change_row(change: Change) -> Row:
    return (
        change.label,
        _counted(change.before),
        _counted(change.after),
        _points(change.difference),
        f"{_points(change.low)} til {_points(change.high)}" if change.low is not None else "–",
        _p(change.p_adjusted),
        _points(change.detectable, sign=False),
    )


def _conclusions(pair: PairComparison, comparison: Comparison) -> Iterable[Text]:
    significant = [change.label for change in pair.changes if change.significant]
    if significant:
        yield Text(f"Neppe tilfeldig (p under 0,05): {', '.join(significant)}.")
    else:
        yield Text(
            "Ingen av endringene er større enn det tilfeldigheter kan forklare "
            "(p er 0,05 eller mer)."
        )
    known = [change.detectable for change in pair.changes if change.detectable is not None]
    unit = UNITS[comparison.unit]
    if known:
        yield Text(
            f"Med {_total(pair.before, comparison)} og {_total(pair.after, comparison)} {unit} "
            f"ville endringer på mindre enn {_span(known)} som regel ikke ha blitt "
            "oppdaget (styrke 0,80, før justeringen for antall temaer)."
        )
    else:
        yield Text(f"Med så få {unit} ville ingen endring ha blitt oppdaget (styrke 0,80).")


def _span(fractions: list[float]) -> str:
    low, high = _number(100 * min(fractions)), _number(100 * max(fractions))
    if low == high:
        return f"{low} prosentpoeng"
    return f"{low} til {high} prosentpoeng, avhengig av temaet,"


def _total(round_: Round, comparison: Comparison) -> int:
    return len(round_.statements) if comparison.unit is Unit.STATEMENTS else round_.responses


def _questions(pair: PairComparison) -> Grid:
    columns = (
        Column("Før", ColumnKind.TEXT),
        Column("Etter", ColumnKind.TEXT),
        Column("Ordlyd", ColumnKind.TEXT),
        Column("Likhet", ColumnKind.TEXT),
        Column("Spørsmål", ColumnKind.TEXT),
    )
    rows: list[Row] = []
    for match in pair.questions:
        shown = match.after or match.before
        both = match.before is not None and match.after is not None
        rows.append(
            (
                match.before.id if match.before else "–",
                match.after.id if match.after else "–",
                CERTAINTIES[match.certainty],
                _number(match.similarity, 2) if both else "–",
                _short(shown.title if shown else "", 60),
            )
        )
    return Grid(columns, tuple(rows))


def _terms(pair: PairComparison) -> Iterable[Block]:
    for title, terms in (("Nye", pair.new_terms), ("Borte", pair.vanished_terms)):
        if terms:
            yield Text(f"{title} termer, med antall utsagn og et eksempel:")
            yield Facts(tuple(_term(term) for term in terms[:SHOWN_TERMS]))
            if len(terms) > SHOWN_TERMS:
                yield Text(f"… og {len(terms) - SHOWN_TERMS} til.")


def _term(term: TermChange) -> tuple[str, str]:
    return f"{term.theme}: {term.term} ({term.count})", _quoted(term.quotes[0])


def _quoted(quote: RoundStatement) -> str:
    return f"«{_short(quote.text, QUOTE_LENGTH)}» ({quote.municipality}, linje {quote.line})"


def _words(pair: PairComparison) -> Iterable[Block]:
    yield Text(
        "Ord på tre bokstaver eller mer, i grunnform. G² (log-likelihood): jo høyere, jo sikrere "
        "er forskjellen. Log-forhold: 1 er dobbelt så vanlig som i den andre runden, 2 fire ganger."
    )
    for round_, words, other in (
        (pair.after, pair.words_after, pair.before),
        (pair.before, pair.words_before, pair.after),
    ):
        if words:
            yield Text(f"Typisk for {round_.name}:")
            yield _keyword_grid(words, round_.name, other.name)
            yield Facts(tuple((f"{word.keyword.word}:", _quoted(word.quote)) for word in words))


def _keyword_grid(words: Iterable[TypicalWord], here: str, there: str) -> Grid:
    columns = (
        Column("Ord", ColumnKind.TEXT),
        Column(here, ColumnKind.COUNT),
        Column(there, ColumnKind.COUNT),
        Column("G²", ColumnKind.TEXT),
        Column("Log-forhold", ColumnKind.TEXT),
    )
    rows: tuple[Row, ...] = tuple(
        (
            word.keyword.word,
            word.keyword.here,
            word.keyword.there,
            _number(word.keyword.log_likelihood, 1),
            _number(word.keyword.log_ratio, 1),
        )
        for word in words
    )
    return Grid(columns, rows)


def _counted(share: Share) -> str:
    return f"{share.count}" + (
        "" if share.fraction is None else f" ({_number(100 * share.fraction)} %)"
    )


def _points(fraction: float | None, *, sign: bool = True) -> str:
    if fraction is None:
        return "–"
    number = _number(100 * fraction)
    return f"+{number}" if sign and fraction > 0 and number != "0" else number


def _p(value: float | None) -> str:
    if value is None:
        return "–"
    return "<0,001" if value < 0.001 else _number(value, 3)  # noqa: PLR2004


def _number(value: float, decimals: int = 0) -> str:
    text = f"{value:.{decimals}f}".replace(".", ",").replace("-", "−")
    return text.removeprefix("−") if not text.strip("−0,") else text


def _short(text: str, length: int) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= length else folded[: length - 1].rstrip() + "…"
