"""What the network sees of a word: its number in the vocabulary, twelve hashed pieces, and its cluster.

`src/language/features.rs` computes the same; change both or neither.
"""

import gzip
import json
from collections import Counter
from pathlib import Path

# Rows of the word table that stand for no word: padding and root, and words outside the vocabulary.
NO_WORD, UNKNOWN_WORD = 0, 1
# Rows of the table of pieces, after row 0 for padding and root.
PIECE_ROWS = 8192
# Twelve pieces, the family of the cluster, and the cluster itself.
PIECES = 14
# Words whose clusters are kept: the likeliest of the list. Rarer ones were seen too seldom for a good one.
CLUSTERED_WORDS = 100_000


def lower(form: str) -> str:
    """Lower case, with every ASCII digit as `0`."""
    return "".join("0" if "0" <= letter <= "9" else letter for letter in form.lower())


def shape(form: str) -> str:
    """`Xxxd` for `Geneva2`: classes of characters, runs cut to three."""
    classes, run = [], 0
    for letter in form:
        if letter.isupper():
            letter_class = "X"
        elif letter.isalpha():
            letter_class = "x"
        elif "0" <= letter <= "9":
            letter_class = "d"
        else:
            letter_class = letter
        run = run + 1 if classes and classes[-1] == letter_class else 1
        if run <= 3:
            classes.append(letter_class)
    return "".join(classes)


def hash_piece(piece: str) -> int:
    """FNV-1a (32 bit) with its high half folded in, as a row of the table of pieces."""
    value = 2166136261
    for byte in piece.encode():
        value = ((value ^ byte) * 16777619) & 0xFFFFFFFF
    return (value ^ (value >> 15)) % PIECE_ROWS + 1


def pieces(form: str) -> list[int]:
    """Rows of the suffixes, prefixes, shape and whole of a word; the label before each keeps kinds apart."""
    word = lower(form)
    suffixes = [f"s{length}{word[-length:]}" for length in range(1, 6)]
    prefixes = [f"p{length}{word[:length]}" for length in range(1, 5)]
    return [hash_piece(piece) for piece in [*suffixes, *prefixes, "sh" + shape(form), "f" + form, "lo" + word]]


class Clusters:
    """Brown clusters of words, learnt from much text that nobody annotated (Koo et al. 2008, simple semi-supervised dependency
    parsing, <https://aclanthology.org/P08-1068/>): words of a cluster stand in like places, also those that no treebank has.

    `folder` holds `en_lexeme_cluster.json.gz` and `en_lexeme_prob.json.gz` of the Python package `spacy-lookups-data`. A cluster is a
    path of bits from the root of a tree, the first one lowest; those that share the first six are a family.
    """

    def __init__(self, folder: Path):
        paths, likelihoods = (
            json.loads(gzip.decompress((folder / f"en_lexeme_{name}.json.gz").read_bytes())) for name in ("cluster", "prob")
        )
        likeliest = sorted(likelihoods, key=lambda word: (-likelihoods[word], word))[:CLUSTERED_WORDS]
        # White space parts the words in the model's file.
        self.paths = {word: paths[word] for word in likeliest if paths.get(word) and not word.split()[1:]}
        self.all = sorted(set(self.paths.values()))
        # The first of each kind stands for words without a cluster.
        self._families = {family: row for row, family in enumerate(sorted({path & 63 for path in self.all}), start=1)}
        self._rows = {path: row for row, path in enumerate(self.all, start=1)}

    def rows(self, form: str) -> list[int]:
        """Rows of the family and the cluster in the table of pieces, behind those of the pieces."""
        path = self.paths.get(form) or self.paths.get(form.lower())
        start = PIECE_ROWS + 1
        return [
            start + self._families.get(path and path & 63, 0),
            start + len(self._families) + 1 + self._rows.get(path, 0),
        ]

    def text(self) -> str:
        """A line for each cluster: its path and its words."""
        words = {path: [] for path in self.all}
        for word, path in self.paths.items():
            words[path].append(word)
        return "\n".join(f"{path} {' '.join(sorted(words[path]))}" for path in self.all)

    def table_rows(self) -> int:
        """How many rows the table of pieces has altogether."""
        return PIECE_ROWS + 1 + len(self._families) + 1 + len(self._rows) + 1


class Vocabulary:
    """Words seen at least twice in training, sorted; row numbers start after the two rows that stand for no word."""

    def __init__(self, sentences, clusters: Clusters):
        self.clusters = clusters
        self.counts = Counter(lower(word.form) for words in sentences for word in words)
        self.words = sorted(word for word, count in self.counts.items() if count >= 2)
        self.rows = {word: row for row, word in enumerate(self.words, start=2)}
        self._cache = {}

    def features(self, form: str) -> tuple[int, list[int]]:
        """Row in the word table, rows in the table of pieces."""
        known = self._cache.get(form)
        if known is None:
            row = self.rows.get(lower(form), UNKNOWN_WORD)
            known = self._cache[form] = (row, pieces(form) + self.clusters.rows(form))
        return known
