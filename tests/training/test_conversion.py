"""From the treebank to training documents, on a few invented sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from spacy.tokens import DocBin
from spacy.vocab import Vocab

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NDT = """\
1\tKari\tKari\tsubst\tsubst\tprop\t2\tSUBJ\t_\tname=B-PER
2\tvil\tville\tverb\tverb\tpres\t0\tFINV\t_\tname=O
3\tlese\tlese\tverb\tverb\tinf\t2\tINFV\t_\tname=O
4\t«\t$"\t<anf>\t<anf>\t_\t5\tIK\t_\tname=O
5\tplanen\tplan\tsubst\tsubst\tappell|mask|be|ent|samset\t3\tDOBJ\t_\tname=O
6\t»\t$"\t<anf>\t<anf>\t_\t5\tIK\t_\tname=O
7\t.\t$.\tclb\tclb\t<punkt>\t2\tIP\t_\tname=O

1\tPlanen\tplan\tsubst\tsubst\tappell|mask|be|ent\t0\tFRAG\t_\tname=O
2\t|\t$|\tclb\tclb\t_\t1\tIP\t_\tname=O
"""

UD = """\
# text = Kari vil lese «planen».
1\tKari\tKari\tPROPN\t_\t_\t3\tnsubj\t_\tname=B-PER
2\tvil\tville\tAUX\t_\tMood=Ind|Tense=Pres|VerbForm=Fin\t3\taux\t_\tname=O
3\tlese\tlese\tVERB\t_\tVerbForm=Inf\t0\troot\t_\tname=O
4\t«\t$"\tPUNCT\t_\t_\t5\tpunct\t_\tSpaceAfter=No|name=O
5\tplanen\tplan\tNOUN\t_\tDefinite=Def|Gender=Masc|Number=Sing\t3\tobj\t_\tSpaceAfter=No|name=O
6\t»\t$"\tPUNCT\t_\t_\t5\tpunct\t_\tSpaceAfter=No|name=O
7\t.\t$.\tPUNCT\t_\t_\t3\tpunct\t_\tname=O

1\tPlanen\tplan\tNOUN\t_\tDefinite=Def|Gender=Masc|Number=Sing\t0\troot\t_\tname=O
"""


@pytest.fixture
def treebank(tmp_path: Path) -> Path:
    """A treebank of two sentences, the same in each standard and part."""
    for standard, name in (("nob", "bokmaal"), ("nno", "nynorsk")):
        for part in ("train", "dev"):
            folder = tmp_path / "ndt" / standard / part
            folder.mkdir(parents=True)
            (folder / "ap001_0000.conll").write_text("\ufeff" + NDT, encoding="utf-8")
        folder = tmp_path / "ud" / standard
        folder.mkdir(parents=True)
        (folder / f"no_{name}-ud-dev.conllu").write_text(UD, encoding="utf-8")
    return tmp_path


def test_reading_ndt(script: Callable[[str], Any], treebank: Path) -> None:
    """The end mark of a heading is dropped, and so are features that do not inflect."""
    first, heading = script("treebank").read_ndt(treebank, "nob", "train")
    assert [token.form for token in heading] == ["Planen"]
    assert first[4].features == ("appell", "mask", "be", "ent")
    assert [token.head for token in first] == [1, -1, 1, 4, 2, 4, 1]
    assert first[0].entity == "B-PER"


def test_reading_ud(script: Callable[[str], Any], treebank: Path) -> None:
    """Comments are skipped, and `SpaceAfter=No` is read among other notes."""
    first, _ = script("treebank").read_ud(treebank, "nno")
    assert [token.space_after for token in first] == [True, True, True, False, False, False, True]
    assert first[1].feats == "Mood=Ind|Tense=Pres|VerbForm=Fin"


def test_verb_with_infinitive_is_auxiliary(script: Callable[[str], Any], treebank: Path) -> None:
    """The mapping tells an auxiliary from a verb by what hangs on it, for verbs not seen, too."""
    read, mapping = script("treebank"), script("ud_mapping")
    ndt = read.read_ndt(treebank, "nob", "dev")
    learnt = mapping.UdMapping(zip(ndt, read.read_ud(treebank, "nob"), strict=True))
    first = ndt[0]
    assert [upos for upos, _ in learnt.convert(first)] == [
        *("PROPN", "AUX", "VERB", "PUNCT", "NOUN", "PUNCT", "PUNCT")
    ]
    token = read.NdtToken
    unseen = (
        token("Ola", "Ola", "subst", ("prop",), 1, "SUBJ", "B-PER"),
        token("må", "måtte", "verb", ("pres",), -1, "FINV", "O"),
        token("gå", "gå", "verb", ("inf",), 1, "INFV", "O"),
    )
    assert [upos for upos, _ in learnt.convert(unseen)] == ["PROPN", "AUX", "VERB"]


def test_unknown_tag_is_an_error(script: Callable[[str], Any], treebank: Path) -> None:
    """A tag that the examples lack is not guessed."""
    read, mapping = script("treebank"), script("ud_mapping")
    pairs = zip(read.read_ndt(treebank, "nob", "dev"), read.read_ud(treebank, "nob"), strict=True)
    sentence = (read.NdtToken("hei", "hei", "interj", (), -1, "INTERJ", "O"),)
    with pytest.raises(KeyError, match="interj"):
        mapping.UdMapping(pairs).convert(sentence)


def test_files_that_do_not_match_are_an_error(script: Callable[[str], Any], treebank: Path) -> None:
    """Sentences of different lengths are not the same sentences."""
    read, mapping = script("treebank"), script("ud_mapping")
    first, heading = read.read_ndt(treebank, "nob", "dev")
    ud = read.read_ud(treebank, "nob")
    with pytest.raises(ValueError, match="differ"):
        mapping.UdMapping([(first, ud[1]), (heading, ud[0])])


def test_filler_of_a_preposition(script: Callable[[str], Any]) -> None:
    """What fills a preposition is told apart: an infinitive, a clause, a phrase, nothing."""
    token = script("treebank").NdtToken
    context = script("ud_mapping")._context  # noqa: SLF001 - the heart of the mapping

    def filled(*fillers: Any) -> Any:
        return context((token("for", "for", "prep", (), -1, "ADV", "O"), *fillers), 0)

    assert filled() is None
    assert filled(token("å", "å", "inf-merke", (), 0, "PUTFYLL", "O")) == "inf-merke"
    assert filled(token("oss", "vi", "pron", (), 0, "PUTFYLL", "O")) == "phrase"
    clause = token("kommer", "komme", "verb", ("pres",), 0, "PUTFYLL", "O")
    assert filled(clause) == "clause"
    assert filled(clause, token("at", "at", "sbu", (), 1, "SBU", "O")) == "marked clause"


@pytest.mark.parametrize(
    "text",
    [
        "Kari (SV) sa: «Nei, takk!»",
        'Han sa "ja" og "nei" til alt.',
        "Det gjelder og/eller, men ikke «Hero»-spill.",
        "Klokka 12.30 var 5 % borte …",
    ],
)
def test_spaces_come_back(script: Callable[[str], Any], text: str) -> None:
    """Tokens without spaces are joined to the text that they came from."""
    tokens = _tokens(text)
    spaces = script("spacing").spaces_after(tokens)
    joined = "".join(form + " " * space for form, space in zip(tokens, spaces, strict=True))
    assert joined.rstrip() == text.replace(" %", "%").replace(" …", "…")


def _tokens(text: str) -> list[str]:
    import re  # noqa: PLC0415 - here alone

    return re.findall(r"(?<=»)-\w+|\d+\.\d+|\w+|[^\w\s]", text)


def test_convert_writes_documents(
    script: Callable[[str], Any], treebank: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The files hold text, tags, lemmas, sentences and entities, and are the same each time."""
    output = tmp_path / "data"
    script("convert").convert(treebank, output)
    assert "train: 16 tokens" in capsys.readouterr().out
    before = {path.name: path.read_bytes() for path in output.glob("*.spacy")}
    assert set(before) == {"train.spacy", "dev-nb.spacy", "dev-nn.spacy", "dev.spacy"}
    (doc,) = DocBin().from_disk(output / "dev-nb.spacy").get_docs(Vocab())
    assert doc.text == "Kari vil lese «planen». Planen "
    assert [token.pos_ for token in doc][:3] == ["PROPN", "AUX", "VERB"]
    assert [token.lemma_ for token in doc][-1] == "plan"
    assert [sent.text for sent in doc.sents] == ["Kari vil lese «planen».", "Planen"]
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Kari", "PER")]
    script("convert").convert(treebank, output)
    assert before == {path.name: path.read_bytes() for path in output.glob("*.spacy")}
