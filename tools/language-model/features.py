"""What the network sees of a word: its number in the vocabulary, twelve hashed pieces, and its cluster; and, for the teachers
alone, its subwords.

`src/language/features.rs` computes the same but for the subwords; change both or neither.
"""

from collections import Counter
from pathlib import Path

from transformers import AutoTokenizer

from clusters import Clusters

# Rows of the word table that stand for no word: padding and root, and words outside the vocabulary.
NO_WORD, UNKNOWN_WORD = 0, 1
# Rows of the table of pieces, after row 0 for padding and root.
PIECE_ROWS = 8192
# Twelve pieces, the family of the cluster, and the cluster itself.
PIECES = 14
# Clusters are a family whose paths begin with the same six turns.
FAMILY = 63


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


class Subwords:
    """What a transformer that has read much text sees of a word: the numbers of the parts that it knows.

    `folder` holds its tokeniser as the library `transformers` reads it.
    """

    # Parts of a word that count; behind fewer stands 0.
    MOST = 8

    def __init__(self, folder: Path):
        self.folder = folder
        self._tokenizer = AutoTokenizer.from_pretrained(folder)
        self.root = self._padded([self._tokenizer.cls_token_id])
        self.end = self._tokenizer.sep_token_id

    def ids(self, form: str) -> list[int]:
        """The numbers of the word's parts."""
        parts = self._tokenizer(form, add_special_tokens=False)["input_ids"]
        return self._padded(parts or [self._tokenizer.unk_token_id])

    def _padded(self, parts):
        return (parts + [0] * self.MOST)[: self.MOST]


class Vocabulary:
    """Words seen at least twice in training, sorted; row numbers start after the two rows that stand for no word."""

    def __init__(self, sentences, clusters: Clusters, subwords: Subwords):
        self._clusters, self.subwords = clusters, subwords
        # The first of each kind stands for words without a cluster.
        families = sorted({path & FAMILY for path in clusters.all})
        self._families = {family: row for row, family in enumerate(families, start=PIECE_ROWS + 2)}
        start = PIECE_ROWS + len(families) + 3
        self._cluster_rows = {path: row for row, path in enumerate(clusters.all, start=start)}
        self.piece_rows = start + len(clusters.all)
        # Of the artificial root, as `features` gives it of a word.
        self.root = NO_WORD, [0] * PIECES + subwords.root
        self.counts = Counter(lower(word.form) for words in sentences for word in words)
        self.words = sorted(word for word, count in self.counts.items() if count >= 2)
        self.rows = {word: row for row, word in enumerate(self.words, start=2)}
        self._cache = {}

    def features(self, form: str) -> tuple[int, list[int]]:
        """Row in the word table; rows in the table of pieces and behind these the numbers of the subwords."""
        known = self._cache.get(form)
        if known is None:
            row = self.rows.get(lower(form), UNKNOWN_WORD)
            known = self._cache[form] = (row, pieces(form) + self._clustered(form) + self.subwords.ids(form))
        return known

    def _clustered(self, form: str) -> list[int]:
        """Rows of the family and the cluster in the table of pieces, behind those of the pieces."""
        path = self._clusters.path(form)
        if path is None:
            return [PIECE_ROWS + 1, PIECE_ROWS + len(self._families) + 2]
        return [self._families[path & FAMILY], self._cluster_rows[path]]
