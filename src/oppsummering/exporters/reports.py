"""The whole report as a document, a file a survey."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from oppsummering.exporters.order import file_for_each, one_survey
from oppsummering.renderers import html, markdown
from oppsummering.report import build_report, create_view

if TYPE_CHECKING:
    from collections.abc import Callable

    from oppsummering.exporters.order import Order
    from oppsummering.report import Report
    from oppsummering.tagged import TaggedSurvey


@dataclass(frozen=True, slots=True)
class ReportExporter:
    """One report a survey, laid out by a renderer."""

    name: str
    suffix: str
    render: Callable[[Report], str]

    def folder(self, order: Order) -> dict[str, bytes]:
        """A report for each survey, named after it."""
        return file_for_each(order, self.suffix, lambda survey: self._bytes(survey, order))

    def file(self, order: Order) -> bytes:
        """The report of the only survey."""
        return self._bytes(one_survey(order, self.name), order)

    def _bytes(self, survey: TaggedSurvey, order: Order) -> bytes:
        view = create_view(survey, same_respondents=order.same_respondents)
        return self.render(build_report(view)).encode()


MARKDOWN = ReportExporter("markdown", ".md", markdown.render)
HTML = ReportExporter("html", ".html", html.render)
