"""Sentences of the treebanks with other words in them, for a network to learn what its teachers make of these: words that no treebank has, in
sentences like those that it will be asked about (after Jiao et al. 2020, TinyBERT, <https://arxiv.org/abs/1909.10351>, who let a language
model choose the words)."""

import math
import random
from collections import defaultdict
from dataclasses import replace

from clusters import Clusters
from treebank import Word

# The share of words that others replace, of those that can be.
SHARE = 0.35
# Words of fewer letters are mostly grammar.
SHORTEST = 3
OPEN_CLASSES = {"NOUN", "PROPN", "VERB", "ADJ", "ADV"}


def case(form: str) -> str | None:
    """Small letters, a capital before them, capitals; nothing where they are mixed."""
    if form.islower():
        return "small"
    if form[:1].isupper() and form[1:].islower():
        return "capitalised"
    return "capitals" if form.isupper() else None


class OtherWords:
    """A source of such sentences. Another word is of the same cluster, written in the same case and with the same last letter, so that its
    form fits mostly; likelier words are taken more often, by the square root of their likelihood."""

    def __init__(self, clusters: Clusters, seed: int):
        self._clusters = clusters
        self._random = random.Random(seed)
        self._alike = defaultdict(lambda: ([], []))
        for word, path, logarithm in clusters.words:
            if word.isalpha() and len(word) >= SHORTEST and case(word):
                words, weights = self._alike[path, case(word), word[-1]]
                words.append(word)
                weights.append(math.exp(logarithm / 2))

    def copies(self, sentences: list[list[Word]]) -> list[list[Word]]:
        """Of each sentence one with other words, where there are any. The annotation stays and may not fit."""
        changed = [(words, [self._other(word) for word in words]) for words in sentences]
        return [copy for words, copy in changed if copy != words]

    def _other(self, word):
        if word.upos not in OPEN_CLASSES or len(word.form) < SHORTEST or self._random.random() > SHARE:
            return word
        alike = self._alike.get((self._clusters.path(word.form), case(word.form), word.form[-1]))
        if alike is None or len(alike[0]) < 2:
            return word
        return replace(word, form=self._random.choices(*alike)[0])
