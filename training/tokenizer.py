"""Fit spaCy's Norwegian tokenizer to how the treebank divides text into tokens.

Each rule is there because the train part of the treebank divides that way; the counts beside the
exceptions are of the train part (as one token : with the full stop as a token of its own).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.symbols import ORTH
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language

NO_ABBREVIATIONS = (
    *("i.", "no.", "min.", "to.", "eg.", "jul.", "ti.", "I.", "No.", "Min.", "To.", "Eg.", "Jul."),
    *("Ti.", "):", "8)", "8D", "(:"),
)
"""Words that end a sentence (*i.* 0:45, *no.* 0:30), and smileys that are brackets in our text."""

ABBREVIATIONS = (
    *("kap.", "Kap.", "St.meld.", "m.a.", "M.a.", "t.d.", "T.d.", "f.v.", "F.v.", "Innst."),
    *("Ot.prp.", "Mek.", "Bl.a.", "Jf."),
)
"""Abbreviations that spaCy does not have (*kap.* 48:0, *St.meld.* 13:0, *m.a.* 8:0)."""

PREFIXES = (r"-(?=[A-ZÆØÅ])",)
"""A dash that opens a line or a speech: *-Det gikk*; not the one of *-strategi*."""

INFIXES = (r"(?<=[0-9])-(?=[0-9])", r"[»”](?=-\w)")
"""Ranges (*2005-2006*, 149:3) and compounds whose first part is quoted (*«Hero»-spill*)."""

SUFFIXES = (
    r"(?<=[0-9]{3})\.",
    r"(?<=[0-9][.,][0-9])\.",
    r"(?<=[.,][0-9][0-9])\.",
    r"(?<=[A-ZÆØÅ][0-9])\.",
)
"""A full stop after a year (0:297), a decimal (1:38) or a name such as *CO2* (0:8); after one or
two digits it is mostly an ordinal's (348:109)."""


@registry.callbacks("oppsummering.fit_tokenizer.v1")
def fit_tokenizer() -> Callable[[Language], None]:
    """Make the callback that adapts the tokenizer before the training begins."""
    return adapt


def adapt(nlp: Language) -> None:
    """Adapt the tokenizer of a Norwegian pipeline in place."""
    tokenizer = nlp.tokenizer
    defaults = nlp.Defaults
    tokenizer.prefix_search = compile_prefix_regex((*defaults.prefixes, *PREFIXES)).search
    tokenizer.suffix_search = compile_suffix_regex((*defaults.suffixes, *SUFFIXES)).search
    tokenizer.infix_finditer = compile_infix_regex((*defaults.infixes, *INFIXES)).finditer
    rules = {form: rule for form, rule in tokenizer.rules.items() if form not in NO_ABBREVIATIONS}
    tokenizer.rules = rules | {form: [{ORTH: form}] for form in ABBREVIATIONS}
