"""Sentences of Universal Dependencies treebanks in CoNLL-U, <https://universaldependencies.org/format.html>."""

import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path

# The tokenizer of the library gives straight quotes, so the model must be trained on them.
STRAIGHT_QUOTES = str.maketrans("‘’‚‛“”„‟", "''''" + '""""')


@dataclass(frozen=True)
class Word:
    """A syntactic word; `head` counts from 1 within the sentence, 0 is the root."""

    form: str
    lemma: str
    upos: str
    xpos: str
    head: int
    relation: str


def normalise(text: str) -> str:
    """The form as the library's tokenizer gives it: NFC, straight quotes."""
    return unicodedata.normalize("NFC", text).translate(STRAIGHT_QUOTES)


def read(path: Path) -> list[list[Word]]:
    """All sentences of a file, without multiword-token lines and empty nodes."""
    sentences, words = [], []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line:
            if words:
                sentences.append(words)
            words = []
        elif not line.startswith("#"):
            identifier, form, lemma, upos, xpos, _, head, relation, *_ = line.split("\t")
            if identifier.isdecimal():
                words.append(Word(normalise(form), normalise(lemma), upos, xpos, int(head), relation))
    if words:
        sentences.append(words)
    return sentences


def vary(words: list[Word], random) -> list[Word]:
    """Now and then the sentence as a headline, a form or a careless writer would have it; the analysis stays."""
    chance = random.random()
    if chance < 0.015:
        return [replace(word, form=word.form.upper()) for word in words]
    if chance < 0.025:
        return [replace(word, form=word.form.lower()) for word in words]
    if chance < 0.035:
        return [replace(word, form=word.form[:1].upper() + word.form[1:]) for word in words]
    if chance < 0.055 and len(words) > 2 and words[-1].relation == "punct":
        return words[:-1]
    return words
