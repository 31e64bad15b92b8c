"""What the network sees of a word: its number in the vocabulary and twelve hashed pieces.

`src/language/features.rs` computes the same; change both or neither.
"""

from collections import Counter

# Rows of the word table that stand for no word: padding and root, and words outside the vocabulary.
NO_WORD, UNKNOWN_WORD = 0, 1
# Rows of the table of pieces, after row 0 for padding and root.
PIECE_ROWS = 8192
PIECES = 12


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


class Vocabulary:
    """Words seen at least twice in training, sorted; row numbers start after the two rows that stand for no word."""

    def __init__(self, sentences):
        self.counts = Counter(lower(word.form) for words in sentences for word in words)
        self.words = sorted(word for word, count in self.counts.items() if count >= 2)
        self.rows = {word: row for row, word in enumerate(self.words, start=2)}
        self._cache = {}

    def features(self, form: str) -> tuple[int, list[int]]:
        """Row in the word table, rows in the table of pieces."""
        known = self._cache.get(form)
        if known is None:
            known = self._cache[form] = (self.rows.get(lower(form), UNKNOWN_WORD), pieces(form))
        return known
