"""The whole report as Markdown, a file a survey."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oppsummering.exporters.order import file_for_each, one_survey
from oppsummering.renderers import markdown
from oppsummering.report import build_report, create_view

if TYPE_CHECKING:
    from oppsummering.exporters.order import Order
    from oppsummering.tagged import TaggedSurvey


class MarkdownExporter:
    """One report a survey."""

    name = "markdown"
    suffix = ".md"

    def folder(self, order: Order) -> dict[str, bytes]:
        """A report for each survey, named after it."""
        return file_for_each(order, self.suffix, lambda survey: self._bytes(survey, order))

    def file(self, order: Order) -> bytes:
        """The report of the only survey."""
        return self._bytes(one_survey(order, "Markdown"), order)

    def _bytes(self, survey: TaggedSurvey, order: Order) -> bytes:
        view = create_view(survey, same_respondents=order.same_respondents)
        return markdown.render(build_report(view)).encode()
