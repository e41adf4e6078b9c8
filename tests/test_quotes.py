"""Quotes: which are chosen, how they are cut, and what is marked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from oppsummering.quotes import ELLIPSIS, LONGEST, Piece, best_quotes
from oppsummering.survey import StatementKind
from oppsummering.tagged import TagSource
from support.surveys import Answer, Asked, Said, build, small

HR = "hr_rollen"


def one(*said: Said, municipality: str = "Kommune 1") -> Asked:
    """A question with one response."""
    return Asked("q1", "Hva?", (Answer(municipality, said),), number=1)


def test_matched_words_are_marked() -> None:
    """The words are marked, what stands between them is not."""
    (quote,) = best_quotes(small(), "okosystem", 3)

    assert quote.pieces == (
        Piece("Samarbeid", matched=True),
        Piece(" på ", matched=False),
        Piece("tvers", matched=True),
        Piece(" av ", matched=False),
        Piece("sektorer", matched=True),
        Piece(", og HR må bli med.", matched=False),
    )


def test_place_names_question_municipality_and_line() -> None:
    """An analyst finds the quote in the file by its place."""
    (quote,) = best_quotes(small(), "okosystem", 3)

    assert quote.place == "Q1 · Kommune 2 · line 9"


def test_quotes_are_spread_over_questions_first() -> None:
    """The second quote comes from another question, before a stronger one from the same."""
    quotes = best_quotes(small(), HR, 3)

    assert [quote.statement.question.id for quote in quotes] == ["q1", "h1.1", "h1.1"]


def test_quotes_are_spread_over_municipalities_within_a_question() -> None:
    """A municipality with much to say does not fill the report."""
    said = Said("Vi trenger HR.", {HR: ("HR",)})
    again = Said("Vi trenger HR nå.", {HR: ("HR",)})
    other = Said("HR er viktig.", {HR: ("HR",)})
    asked = Asked("q1", "Hva?", (Answer("A", (said, again)), Answer("B", (other,))), number=1)

    quotes = best_quotes(build(asked), HR, 2)

    assert [quote.statement.response.municipality for quote in quotes] == ["A", "B"]


def test_strongest_evidence_comes_first() -> None:
    """More different terms are more evidence; a repeated or a negated one is not."""
    weak = Said("HR og HR og HR", {HR: ("HR",)})
    negated = Said("ikke HR eller kurs", {HR: ("-HR", "-kurs")})
    strong = Said("HR må få kurs", {HR: ("HR", "kurs")})

    (quote,) = best_quotes(build(one(weak, negated, strong)), HR, 1)

    assert quote.text == "HR må få kurs"


def test_same_words_are_quoted_once() -> None:
    """Case and white space make no other quote."""
    first = Said("Vi trenger HR.", {HR: ("HR",)})
    same = Said("vi  trenger HR.", {HR: ("HR",)})

    assert len(best_quotes(build(one(first, same)), HR, 5)) == 1


def test_no_statement_no_quote() -> None:
    """A theme without statements has none, and none is given when none is asked for."""
    assert best_quotes(small(), "endringsledelse", 3) == ()
    assert best_quotes(small(), HR, 0) == ()


def test_lead_in_is_not_quoted() -> None:
    """What is not counted is not quoted either."""
    lead_in = Said("HR må:", {HR: ("HR",)}, StatementKind.LEAD_IN)

    assert best_quotes(build(one(lead_in)), HR, 3) == ()


def test_correction_is_quoted_without_marks() -> None:
    """A theme that a person gave has no matched words, and says so."""
    (quote,) = best_quotes(build(one(Said("Vi må lære.", {HR: ()}))), HR, 3)

    assert quote.source is TagSource.CORRECTION
    assert quote.pieces == (Piece("Vi må lære.", matched=False),)


def test_long_statement_is_cut_between_words_around_its_match() -> None:
    """Both ends that are left out are shown, the match stands inside."""
    text = f"{'ord ' * 200}HR{' ord' * 200}"
    (quote,) = best_quotes(build(one(Said(text, {HR: ("HR",)}))), HR, 1)

    assert quote.text.startswith(f"{ELLIPSIS}ord ")
    assert quote.text.endswith(f" ord{ELLIPSIS}")
    assert Piece("HR", matched=True) in quote.pieces
    assert len(quote.text) <= LONGEST + 2


def test_long_statement_is_cut_between_sentences_where_one_ends() -> None:
    """A reader gets whole sentences; abbreviations before a small letter end none."""
    filler = "Vi har f.eks. mye annet å si om dette i hele vår kommune. "
    text = f"{filler * 5}Så må HR med. {filler * 5}"
    (quote,) = best_quotes(build(one(Said(text.strip(), {HR: ("HR",)}))), HR, 1)

    assert quote.text.startswith("… Vi har f.eks. mye")
    assert "kommune. Så må HR med. Vi har" in quote.text
    assert quote.text.endswith("i hele vår kommune. …")


def test_long_statement_with_an_early_match_is_quoted_from_its_start() -> None:
    """Only its end is left out."""
    (quote,) = best_quotes(build(one(Said(f"Vi trenger HR{' ord' * 200}", {HR: ("HR",)}))), HR, 1)

    assert quote.text.startswith("Vi trenger HR ord")
    assert quote.text.endswith(ELLIPSIS)


def test_long_correction_is_quoted_from_its_start() -> None:
    """There is no match to cut around."""
    (quote,) = best_quotes(build(one(Said("ord " * 200, {HR: ()}))), HR, 1)

    assert quote.text == f"{'ord ' * 69}ord{ELLIPSIS}"


def test_match_longer_than_a_quote_is_cut_too() -> None:
    """Terms far from each other do not make a quote without end."""
    text = f"HR {'ord ' * 200}kurs"
    (quote,) = best_quotes(build(one(Said(text, {HR: ("HR kurs",)}))), HR, 1)

    assert quote.pieces[0] == Piece("HR", matched=True)
    assert len(quote.text) <= LONGEST + 1


def test_words_without_end_are_cut_anyway() -> None:
    """Ten thousand letters without a blank cannot be cut between words."""
    text = f"{'a' * 5000}HR{'b' * 5000}"
    (quote,) = best_quotes(build(one(Said(text, {HR: ("HR",)}))), HR, 1)

    assert Piece("HR", matched=True) in quote.pieces
    assert len(quote.text) <= LONGEST + 2


def test_overlapping_matches_are_marked_once() -> None:
    """No character is shown twice where two terms matched it, nor marks beside each other."""
    said = Said("digital modenhet", {HR: ("digital modenhet", "modenhet", "digital")})
    (quote,) = best_quotes(build(one(said)), HR, 1)

    assert quote.pieces == (Piece("digital modenhet", matched=True),)


def test_quote_stands_on_one_line_without_hostile_characters() -> None:
    """Line breaks fold, escape sequences are seen and not obeyed."""
    said = Said("Vi har\r\n\tHR \x1b[31mog\u202e mer", {HR: ("HR",)})
    (quote,) = best_quotes(build(one(said, municipality="K\x1b\n1")), HR, 1)

    assert quote.text == "Vi har HR \\x1b[31mog\\u202e mer"
    assert quote.place == "Q1 · K\\x1b 1 · line 5"


WORDS = st.lists(
    st.sampled_from(["HR", "ord", "Et", "slutt.", "et-langt-ord", "x" * 400, "kurs"]), min_size=1
)


@given(st.lists(WORDS, min_size=1, max_size=8), st.integers(0, 5))
def test_quotes_hold_for_any_text(statements: list[list[str]], count: int) -> None:
    """Never more than asked for, never too long, never the same twice, the same each time."""
    said = [
        Said(" ".join(words), {HR: tuple(dict.fromkeys({"HR", "kurs"} & set(words)))})
        for words in statements
        if {"HR", "kurs"} & set(words)
    ]
    tagged = build(one(*said))
    quotes = best_quotes(tagged, HR, count)

    assert len(quotes) <= count
    assert len({quote.statement.statement.id for quote in quotes}) == len(quotes)
    assert quotes == best_quotes(tagged, HR, count)
    for quote in quotes:
        inner = quote.text.removeprefix(ELLIPSIS).removesuffix(ELLIPSIS).strip()
        assert inner in quote.statement.statement.text
        assert len(inner) <= LONGEST
        assert any(piece.matched for piece in quote.pieces)
