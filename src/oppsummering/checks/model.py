"""What a check sees, what it finds, and what a run of all checks comes to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from oppsummering.config import Level, Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from oppsummering.codebook import Codebook
    from oppsummering.rounds import Round
    from oppsummering.tagged import CorrectionsInfo, TaggedSurvey
    from oppsummering.tagging import Tagger

ORDER: Final = (Level.ERROR, Level.WARNING, Level.INFO)


@dataclass(frozen=True, slots=True)
class Context:
    """What a check may look at.

    Attributes:
        file: The survey's file as the user named it.
        tagged: The survey with its themes, corrections applied.
        codebook: The codebook.
        codebook_file: The codebook's file, as it is shown to the user.
        tagger: The tagger with this codebook.
        limits: The limits of the configuration.
        baseline: An earlier round, or None.
        allow_differences: Compare although the codebook or the pipeline is another.
    """

    file: str
    tagged: TaggedSurvey
    codebook: Codebook
    codebook_file: str
    tagger: Tagger
    limits: Limits = field(default_factory=Limits)
    baseline: Round | None = None
    allow_differences: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """What a check says about one place.

    Attributes:
        message: One sentence.
        line: The 1-based line, or None for the whole file.
        file: Another file than the survey's, such as the codebook.
        details: More of the same, for outputs with room.
    """

    message: str
    line: int | None = None
    file: str | None = None
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """A check: one function and what is said of it.

    Attributes:
        id: Its name in options, configuration and outputs, documented in `docs/checks.md`.
        level: How serious its findings are, where the configuration does not say.
        summary: What it looks for, in a few words.
        run: Yields a remark for each thing that it finds.
    """

    id: str
    level: Level
    summary: str
    run: Callable[[Context], Iterable[Remark]]


@dataclass(frozen=True, slots=True)
class Finding:
    """A remark with its check, its level and its place."""

    check: str
    level: Level
    file: str
    line: int | None
    message: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """A check that failed itself: a bug of ours, not a finding.

    Attributes:
        check: The id of the check.
        file: The survey that it ran on.
        error: The exception.
    """

    check: str
    file: str
    error: Exception

    @property
    def message(self) -> str:
        """That the check failed, and with which error."""
        return f"The check itself failed: {type(self.error).__name__}: {self.error}"


@dataclass(frozen=True, slots=True)
class CheckRun:
    """What all checks of all files came to.

    Attributes:
        checks: The checks that were run, with the level of each.
        files: The surveys, as the user named them.
        findings: By file, the surveys first, then line, then check.
        failures: Checks that failed themselves.
        corrections: The corrections of the surveys that have any.
    """

    checks: tuple[tuple[Check, Level], ...]
    files: tuple[str, ...]
    findings: tuple[Finding, ...]
    failures: tuple[Failure, ...]
    corrections: tuple[CorrectionsInfo, ...] = ()

    def at_least(self, level: Level) -> tuple[Finding, ...]:
        """The findings that are as serious as a level, or more; none for `off`."""
        if level is Level.OFF:
            return ()
        serious = ORDER[: ORDER.index(level) + 1]
        return tuple(finding for finding in self.findings if finding.level in serious)
