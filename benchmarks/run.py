"""Measure throughput, start-up and memory; print ratios measured in one run.

python benchmarks/run.py TEXTS [--statements N] [--memory]
"""

# ruff: noqa: PLC0415 - one thread must be settled before numpy is imported

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import lzma
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from spacy.language import Language

    from oppsummering.codebook import Codebook
    from oppsummering.patterns import Alternative, WordPattern
    from oppsummering.tagging import Tagger

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "data" / "kompetanseloftet.txt"
REPEATS = 7
SLOW_REPEATS = 2
STOCK_SHARE = 4
"""The stock way reads only a fourth of the statements; its rate is what counts."""
WARM_UP = 50
MEMORY_SIZES = (1_000, 10_000, 100_000)


def main() -> None:
    """Run every measurement and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", type=Path, help="one statement a line; .xz is unpacked")
    parser.add_argument("--statements", type=int, default=4_000)
    parser.add_argument("--memory", action="store_true", help="measure memory too (slow)")
    options = parser.parse_args()
    lines = read_lines(options.texts)
    if options.memory:
        memory(lines)  # first: a process starts with the peak of the one that started it
    throughput("real text", lines[: options.statements])
    throughput("the sample, repeated", sample_statements(options.statements))
    start_up()


def read_lines(path: Path) -> list[str]:
    """The lines of a text file that are not blank."""
    data = lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()
    return [line.strip() for line in data.decode("utf-8").splitlines() if line.strip()]


def sample_statements(number: int) -> list[str]:
    """The statements of the shipped survey, as often as it takes."""
    from oppsummering.readers import read_survey

    texts = [statement.text for _, _, statement in read_survey(SAMPLE).walk()]
    return (texts * (number // len(texts) + 1))[:number]


def throughput(name: str, texts: Sequence[str]) -> None:
    """Words a second of the tokenizer, the stock way, and the tagger."""
    from oppsummering.codebook import load_codebook
    from oppsummering.language.lexicon import load_lexicon
    from oppsummering.language.pipeline import load_pipeline
    from oppsummering.tagging import Tagger

    pipeline = load_pipeline()
    codebook = load_codebook()
    tokenizer = pipeline.tokenizer
    words = sum(len(tokenizer(text)) for text in texts)
    stock = with_span_ruler(pipeline.full_nlp, codebook)
    tagger = Tagger(pipeline, codebook, load_lexicon())
    in_context = Tagger(load_pipeline(), codebook, load_lexicon(), in_context=True)
    stock_texts = texts[: max(1, len(texts) // STOCK_SHARE)]
    stock_words = sum(len(tokenizer(text)) for text in stock_texts)
    themes = themes_of(tagger, texts)  # also fills the memory of word forms
    seconds = least(
        {
            "(a) tokenizer": lambda: [tokenizer(text) for text in texts],
            "(c) Tagger": lambda: [tagger.tag_text(text) for text in texts],
        },
        REPEATS,
    )
    list(stock.pipe(stock_texts[:WARM_UP]))
    slow = least({"(b) stock": lambda: list(stock.pipe(stock_texts))}, SLOW_REPEATS)
    with stock.select_pipes(disable="span_ruler"):
        alone = least({"alone": lambda: list(stock.pipe(stock_texts))}, SLOW_REPEATS)["alone"]
    start = time.process_time()
    read_in_context = themes_of(in_context, texts)
    in_context_seconds = time.process_time() - start
    rates = {
        "(a) tokenizer": words / seconds["(a) tokenizer"],
        "(b) stock": stock_words / slow["(b) stock"],
        "(b) without its ruler": stock_words / alone,
        "(c) Tagger": words / seconds["(c) Tagger"],
        "(d) Tagger, in context": words / in_context_seconds,
    }
    same = sum(one == other for one, other in zip(themes, read_in_context, strict=True))
    print(f"\n## Throughput: {name}, {len(texts)} statements, {words} words\n")
    print("| | words/s | × (a) | × (b) |\n|---|---:|---:|---:|")
    for label, rate in rates.items():
        to_tokenizer, to_stock = rate / rates["(a) tokenizer"], rate / rates["(b) stock"]
        print(f"| {label} | {rate:,.0f} | {to_tokenizer:.2f} | {to_stock:.1f} |")
    print(f"\nSame themes in (c) and (d): {100 * same / len(texts):.2f} % of the statements.")


def themes_of(tagger: Tagger, texts: Iterable[str]) -> list[list[str]]:
    """The themes of each text."""
    return [[tag.theme for tag in tagger.tag_text(text)] for text in texts]


def least(actions: Mapping[str, Callable[[], object]], times: int) -> dict[str, float]:
    """The fewest processor seconds of each action, in turns, so that all meet the same load."""
    seconds = dict.fromkeys(actions, float("inf"))
    for _ in range(times):
        for name, action in actions.items():
            start = time.process_time()
            action()
            seconds[name] = min(seconds[name], time.process_time() - start)
    return seconds


def with_span_ruler(nlp: Language, codebook: Codebook) -> Language:
    """The pipeline with spaCy's SpanRuler that holds the codebook's phrases."""
    if "span_ruler" not in nlp.pipe_names:
        ruler: Any = nlp.add_pipe("span_ruler")
        ruler.add_patterns(list(span_patterns(codebook)))
    return nlp


def span_patterns(codebook: Codebook) -> Iterable[dict[str, object]]:
    """Each term as token patterns: its words in a row, or each of its words by itself."""
    from oppsummering.matchers import NearMatcher, PhraseMatcher

    for theme in codebook.themes:
        for term in theme.terms:
            matcher = term.matcher
            phrases = matcher.phrases if isinstance(matcher, NearMatcher) else (matcher,)
            for phrase in phrases:
                if isinstance(phrase, PhraseMatcher):
                    tokens: list[dict[str, object]] = []
                    for slot in phrase.slots:
                        if slot.pattern is None:
                            tokens += [{"OP": "?"}] * slot.gap
                        else:
                            optional = {"OP": "?"} if slot.optional else {}
                            tokens.append({**token_pattern(slot.pattern), **optional})
                    yield {"label": theme.id, "pattern": tokens}
                else:
                    for pattern in phrase.patterns():
                        yield {"label": theme.id, "pattern": [token_pattern(pattern)]}


def token_pattern(pattern: WordPattern) -> dict[str, object]:
    """A word pattern as spaCy says it: lemmas in a list where that is all, else an expression."""
    from oppsummering.patterns import Lemma

    if all(isinstance(alternative, Lemma) for alternative in pattern.alternatives):
        return {"LEMMA": {"IN": [a.lemma for a in pattern.alternatives if isinstance(a, Lemma)]}}
    expressions = "|".join(expression(alternative) for alternative in pattern.alternatives)
    return {"LEMMA": {"REGEX": f"(?i)^(?:{expressions})$"}}


def expression(alternative: Alternative) -> str:
    """An alternative as a regular expression over lemmas."""
    from oppsummering.patterns import Exact, Lemma, Part, Position

    match alternative:
        case Lemma(lemma):
            return re.escape(lemma)
        case Exact(form):
            return re.escape(form)
        case Part(lemma, position):
            before = "" if position is Position.MODIFIER else r"\w*"
            after = "" if position is Position.HEAD else r"\w*"
            return f"{before}{re.escape(lemma)}{after}"
        case _:
            return r"\w*".join(re.escape(piece) for piece in alternative.glob.split("*"))


def start_up() -> None:
    """Processor seconds of whole processes beside `import spacy`."""
    python = sys.executable
    commands = {
        "`python -c 'import spacy'`": [python, "-c", "import spacy"],
        "`oppsummering --help`": [python, "-m", "oppsummering", "--help"],
        "`oppsummering analyze` on the sample": [
            *(python, "-m", "oppsummering", "analyze"),
            str(SAMPLE),
        ],
    }
    seconds = dict.fromkeys(commands, float("inf"))
    for _ in range(REPEATS):
        for name, command in commands.items():
            seconds[name] = min(seconds[name], processor_seconds(command))
    spacy = next(iter(seconds.values()))
    print(f"\n## Start-up: the least of {REPEATS} processes\n")
    print("| | processor seconds | × import spacy |\n|---|---:|---:|")
    for name, each in seconds.items():
        print(f"| {name} | {each:.2f} | {each / spacy:.2f} |")


def processor_seconds(command: Sequence[str]) -> float:
    """The user and system time of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def memory(lines: Sequence[str]) -> None:
    """Peak memory and time of `analyze --format json` on surveys of growing size."""
    print("\n## Memory: `oppsummering analyze --format json`\n")
    print("| statements | peak MB | processor seconds | µs/statement | output MB |")
    print("|---:|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        for size in MEMORY_SIZES:
            survey, output = Path(folder) / f"{size}.txt", Path(folder) / f"{size}.json"
            survey.write_text(a_survey(lines, size), encoding="utf-8")
            command = ["analyze", str(survey), "--format", "json", "--output", str(output)]
            peak, seconds = peak_memory(command)
            each = 1e6 * seconds / size
            written = output.stat().st_size / 1e6
            print(f"| {size:,} | {peak:,.0f} | {seconds:.1f} | {each:,.0f} | {written:.0f} |")


def a_survey(lines: Sequence[str], size: int) -> str:
    """A survey of one question with so many list items, twenty a municipality."""
    text = ["OPPSUMMERING", "", "1) Hva har dere lært?"]
    for number in range(size):
        if number % 20 == 0:
            text.append(f"Kommune {number // 20 + 1}:")
        text.append(f"· {lines[number % len(lines)]}")
    return "\n".join(text) + "\n"


def peak_memory(arguments: Sequence[str]) -> tuple[float, float]:
    """The peak resident memory of the command line in MB, and its processor seconds."""
    code = (
        "import resource, sys\n"
        "from oppsummering.cli.app import main\n"
        "try:\n    main()\n"
        "except SystemExit as stop:\n    assert not stop.code, stop.code\n"
        "used = resource.getrusage(resource.RUSAGE_SELF)\n"
        "print(used.ru_maxrss / 1024, used.ru_utime + used.ru_stime)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], check=True, capture_output=True, text=True
    )
    peak, seconds = done.stdout.split()[-2:]
    return float(peak), float(seconds)


if __name__ == "__main__":
    main()
