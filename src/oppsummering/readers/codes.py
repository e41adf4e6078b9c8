"""The codes of the diagnostics of reading; `docs/input-format.md` lists them."""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """The stable name of a kind of diagnostic."""

    DECORATION = "decoration"
    EMPTY_QUESTION = "empty-question"
    EMPTY_RESPONSE = "empty-response"
    ENCODING_GUESSED = "encoding-guessed"
    INVISIBLE_LINE = "invisible-line"
    LABEL_REPAIRED = "label-repaired"
    MOJIBAKE = "mojibake"
    NO_WORDS = "no-words"
    POSSIBLE_LABEL = "possible-label"
    QUESTION_NUMBER_GAP = "question-number-gap"
    QUESTION_NUMBER_REPEATED = "question-number-repeated"
    REPEATED_MUNICIPALITY = "repeated-municipality"
    REPLACEMENT_CHARACTER = "replacement-character"
    RESPONSE_BEFORE_QUESTION = "response-before-question"
    TEXT_BEFORE_QUESTION = "text-before-question"
    TEXT_OUTSIDE_RESPONSE = "text-outside-response"
