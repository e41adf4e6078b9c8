"""The report of agreement as sections of blocks, in Norwegian like every report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oppsummering import __version__
from oppsummering.agreement.comparison import NotCompared
from oppsummering.agreement.disagreements import Side
from oppsummering.agreement.figures import FIGURE_NAMES
from oppsummering.agreement.wording import match_in_words, why_not
from oppsummering.report import Block, Column, ColumnKind, Facts, Grid, Report, Section, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from oppsummering.agreement.comparison import Comparison
    from oppsummering.agreement.disagreements import Disagreement
    from oppsummering.agreement.figures import Counts, Figure, Figures
    from oppsummering.agreement.run import AgreementRun

UNDEFINED = "udefinert"
MICRO = "Samlet (mikro)"
MACRO = "Snitt (makro)"

_SHORT_SHA = 12

_NOT_COMPARED = {
    NotCompared.OTHER_SURVEY: "koder som hører til andre oppsummeringer",
    NotCompared.LEAD_IN: "innledninger til lister",
    NotCompared.NOT_IN_GOLD: "utsagn uten gullkode",
    NotCompared.NOT_IN_OTHER: "gullkoder uten motstykke",
    NotCompared.OTHER_STANDARD: "utsagn i annen målform",
}

_FIGURES = tuple(
    Column(title, ColumnKind.TEXT) for title in ("Tema", "Presisjon", "Recall", "F1", "κ", "α")
)


def build_agreement_report(run: AgreementRun) -> Report:
    """Lay a measurement of agreement out as a report."""
    sections = (_what_was_compared(run), _counts(run), _figures(run), _disagreements(run))
    return Report("Samsvar med gullkoder", sections)


def _measured(comparison: Comparison) -> str:
    return f"tekstene i {comparison.gold}" if comparison.texts_of_gold else comparison.other


def _what_was_compared(run: AgreementRun) -> Section:
    comparison = run.comparison
    facts = [
        ("Gullkoder", comparison.gold),
        ("Målt mot dem", _measured(comparison)),
        ("Utsagn", str(len(comparison.statements))),
        ("Ikke sammenlignet", _not_compared(run)),
        ("Kodebok", f"{run.codebook.name}, sha256 {run.codebook.sha256[:_SHORT_SHA]}"),
    ]
    if run.pipeline is not None:
        facts.append(("Språkmodell", f"{run.pipeline.name} {run.pipeline.version}"))
    facts.append(("Verktøy", f"oppsummering {__version__}"))
    return Section("Hva som er sammenlignet", (Facts(tuple(facts)),))


def _not_compared(run: AgreementRun) -> str:
    compared = {theme.id for theme in run.comparison.themes}
    themes = [theme.label for theme in run.codebook.themes if theme.id not in compared]
    parts = [f"{_NOT_COMPARED[reason]}: {count}" for reason, count in run.comparison.not_compared]
    undecided = sum(theme.left_out for theme in run.agreement.themes)
    if undecided:
        parts.append(f"avgjørelser som gullkodene er i tvil om: {undecided}")
    if themes:
        parts.append(f"temaer som ikke er kodet: {', '.join(themes)}")
    return "; ".join(parts) or "ingenting"


def _counts(run: AgreementRun) -> Section:
    columns = (
        Column("Tema", ColumnKind.TEXT),
        *(Column(title, ColumnKind.COUNT) for title in ("TP", "FP", "FN", "TN")),
        Column("Andel, gull", ColumnKind.SHARE),
        Column("Andel, målt", ColumnKind.SHARE),
    )
    rows = [_count_row(theme.label, theme.counts) for theme in run.agreement.themes]
    rows.append(_count_row(MICRO, run.agreement.pooled))
    legend = Text(
        "TP: begge har temaet. FP: bare den målte har det. FN: bare gullkodene har det. "
        "TN: ingen har det. Andelene er av utsagnene; samlet av alle avgjørelser (utsagn × tema)."
    )
    return Section("Forvekslinger", (Grid(columns, tuple(rows)), legend))


def _count_row(label: str, counts: Counts) -> tuple[str | int | float | None, ...]:
    return (label, *counts, counts.prevalence_gold, counts.prevalence_other)


def _figures(run: AgreementRun) -> Section:
    agreement = run.agreement
    rows = [(theme.label, theme.figures) for theme in agreement.themes]
    rows += [(MICRO, agreement.micro), (MACRO, agreement.macro)]
    values = Grid(_FIGURES, tuple((label, *_cells(figures, _value)) for label, figures in rows))
    ends = Grid(_FIGURES, tuple((label, *_cells(figures, _interval)) for label, figures in rows))
    intervals = Text(
        f"{100 * agreement.confidence:g} % intervaller: persentiler av "
        f"{agreement.resamples} bootstrap-utvalg av utsagnene."
    )
    legend = Text(
        "κ: Cohens kappa. α: Krippendorffs alfa, nominal. Mikro: alle avgjørelser i én tabell. "
        f"Makro: snittet over de temaene der tallet er definert. {UNDEFINED.capitalize()}: "
        "temaet mangler hos den ene eller begge, eller alle utsagn har det."
    )
    return Section("Samsvar", (values, intervals, ends, legend))


def _cells(figures: Figures, write: Callable[[Figure], str]) -> Iterator[str]:
    return (write(getattr(figures, name)) for name in FIGURE_NAMES)


def _value(figure: Figure) -> str:
    return UNDEFINED if figure.value is None else _decimals(figure.value)


def _interval(figure: Figure) -> str:
    if figure.low is None or figure.high is None:
        return UNDEFINED
    return f"{_decimals(figure.low)}–{_decimals(figure.high)}"


def _decimals(value: float) -> str:
    return f"{value:.2f}".replace("-0.00", "0.00").replace("-", "−").replace(".", ",")


def _disagreements(run: AgreementRun) -> Section:
    if not run.disagreements:
        return Section("Uenigheter", (Text("Ingen."),))
    blocks: list[Block] = []
    for theme in run.comparison.themes:
        for side in (Side.OTHER, Side.GOLD):
            found = [x for x in run.disagreements if (x.theme, x.only_in) == (theme.id, side)]
            if found:
                blocks += [Text(_heading(theme.label, side, len(found))), _grid(found)]
    return Section("Uenigheter", tuple(blocks))


def _heading(label: str, side: Side, count: int) -> str:
    who = "den målte har temaet (FP)" if side is Side.OTHER else "gullkodene har temaet (FN)"
    return f"{label}: bare {who}: {count}"


def _grid(found: Iterable[Disagreement]) -> Block:
    columns = tuple(Column(title, ColumnKind.TEXT) for title in ("Utsagn", "Hvorfor", "Tekst"))
    rows = tuple((each.statement.name, _why(each), each.statement.text or "") for each in found)
    return Grid(columns, rows)


def _why(each: Disagreement) -> str:
    text = each.statement.text or ""
    if each.only_in is Side.OTHER:
        return "; ".join(match_in_words(match, text) for match in each.matches)
    return why_not(each.evidence, each.score, text) if each.score is not None else ""
