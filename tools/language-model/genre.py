"""Sentences of diplomatic prose with their trees, made from a grammar: `genre.txt`, which explains itself.

The treebanks have few of the constructions such prose is full of (`Foreign Minister` stands in them seven times). Names
of places come from the repository's gazetteer; names of persons are put together from syllables and stand for nobody.

    python3 tools/language-model/genre.py 20        prints twenty sentences
"""

import random
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

from lemmas import IRREGULAR, VOWELS, regular_forms
from treebank import Word

HERE = Path(__file__).parent
GAZETTEER = HERE.parents[1] / "ontology" / "gazetteer"
# From this depth on each phrase is built in the first, simplest way that is left.
DEEPEST = 9
UPOS = {
    "IN": "ADP", "DT": "DET", "PRP": "PRON", "PRP$": "PRON", "WP": "PRON", "WDT": "PRON", "EX": "PRON", "TO": "PART",
    "POS": "PART", "CD": "NUM", "NNP": "PROPN", "NNPS": "PROPN", "NN": "NOUN", "NNS": "NOUN", "JJ": "ADJ", "RB": "ADV",
    "RBR": "ADV", "MD": "AUX", "CC": "CCONJ", "$": "SYM",
}  # fmt: skip
AUXILIARY = {"aux", "aux:pass", "cop"}


@dataclass
class Node:
    """A word with its dependents in order; the word itself stands among them as `None`."""

    form: str
    xpos: str
    relation: str = "root"
    row: list = field(default_factory=lambda: [None])

    def words(self):
        """All nodes of the tree in order."""
        for child in self.row:
            if child is None:
                yield self
            else:
                yield from child.words()


def upos(node: Node) -> str:
    if node.relation in AUXILIARY:
        return "AUX"
    if node.xpos == "IN" and node.relation == "mark":
        return "SCONJ"
    if node.xpos == "NNP" and node.relation == "amod":
        return "ADJ"
    if node.form == "not":
        return "PART"
    if node.xpos == "DT" and node.relation != "det":
        return "PRON"
    if node.xpos.startswith("VB"):
        return "VERB"
    return UPOS.get(node.xpos, "PUNCT")


def inflections():
    """Function from a verb and a Penn tag to the form."""
    irregular = {}
    for line in IRREGULAR.read_text(encoding="utf-8").splitlines():
        if line.startswith("verb "):
            _, base, *columns = line.split()
            for tag, forms in zip(("VBD", "VBN"), columns):
                irregular[base, tag] = forms.split("/")[0]

    def inflect(base, tag):
        if tag in ("VB", "VBP"):
            return base
        if tag == "VBZ":
            if base == "have":
                return "has"
            if re.search("(s|x|ch|sh|o)$", base):
                return base + "es"
            return base[:-1] + "ies" if re.search("[^aeiou]y$", base) else base + "s"
        if (base, tag) in irregular:
            return irregular[base, tag]
        # Of two spellings the first does not double the last letter; `go` is too short for the rules.
        return next((form for other, form in regular_forms(base) if other == tag), base + "ing")

    return inflect


def labels(file: str, pattern: str) -> list[str]:
    """Names of the gazetteer that are one word."""
    text = (GAZETTEER / file).read_text(encoding="utf-8")
    return sorted(set(name for name in re.findall(pattern, text) if re.fullmatch(r"\w+", name)))


class Genre:
    """Expands the grammar; the same seed gives the same sentences."""

    def __init__(self, seed: int):
        self.random = random.Random(seed)
        self.rules, self.verbs = {}, {}
        for line in (HERE / "genre.txt").read_text(encoding="utf-8").splitlines():
            if not line or line.startswith("#"):
                continue
            left, right = line.split(" = ", 1)
            if left.startswith("verb "):
                self.verbs[left.removeprefix("verb ")] = right.split()
                continue
            symbol, _, weight = left.partition(" ")
            self.rules.setdefault(symbol, []).append((float(weight or 1), right.split()))
        self.inflect = inflections()
        self.leaves = {
            "COUNTRY": labels("countries.ttl", r'prefLabel "([^"]+)"@en'),
            "CITY": labels("cities.ttl", r'prefLabel "([A-Z][^"]+)"@en'),
            "DEMONYM": [name for name in labels("countries.ttl", r'ch:demonym "([^"]+)"@en') if not name.endswith("s")],
        }

    def sentence(self) -> list[Word]:
        root = self.expand("SENTENCE", None, 0)
        nodes = list(root.words())
        # A phrase between commas ends without one before a full stop or another comma.
        closing = {",", ".", ";", ":", ")", "-", "--", "—"}
        kept = [
            node
            for node, following in zip(nodes, [*nodes[1:], None])
            if not (node.form == "," and (following is None or following.form in closing))
        ]
        position = {id(node): number for number, node in enumerate(kept, 1)}
        head = {id(child): position[id(node)] for node in kept for child in node.row if child is not None}
        for article, following in zip(kept, kept[1:]):
            if article.form in ("a", "an"):
                article.form = "an" if following.form[:1].lower() in VOWELS else "a"
        kept[0].form = kept[0].form[:1].upper() + kept[0].form[1:]
        if len(kept) > 1 and kept[0].form == '"':
            kept[1].form = kept[1].form[:1].upper() + kept[1].form[1:]
        return [
            Word(node.form, node.form.lower(), upos(node), node.xpos, head.get(id(node), 0), node.relation)
            for node in kept
        ]

    def expand(self, body: str, form: str | None, depth: int) -> Node:
        """The tree of a symbol, or of words to choose from with their tag."""
        if "/" in body and not body.startswith("/"):
            words, tag = body.rsplit("/", 1)
            if tag.startswith("VB."):
                return self.verb(words.split("|"), form if tag == "VB.@" else tag[3:])
            return Node(self.random.choice(words.split("|")), tag)
        symbol, _, ending = body.partition(".")
        ending = form if ending == "@" else ending
        if symbol in self.verbs:
            return self.verb(self.verbs[symbol], ending)
        leaf = self.leaf(symbol)
        if leaf:
            leaf.form = leaf.form.upper() if ending == "UPPER" else leaf.form.lower() if ending == "LOWER" else leaf.form
            return leaf
        rules = self.rules[symbol + ".@" if ending else symbol]
        if depth >= DEEPEST:
            rules = [min(rules, key=lambda rule: len(rule[1]))]
        parts = self.random.choices([parts for _, parts in rules], [weight for weight, _ in rules])[0]
        before, head, after = [], None, []
        for part in parts:
            if part.startswith("?"):
                if depth >= DEEPEST or self.random.random() < 0.5:
                    continue
                part = part[1:]
            if part.startswith("*"):
                head = self.expand(part[1:], ending, depth)
                continue
            child_body, relation = part.rsplit("<", 1)
            child = self.expand(child_body, ending, depth + 1)
            child.relation = relation
            (after if head else before).append(child)
        head.row = before + head.row + after
        return head

    def verb(self, bases: list[str], form: str) -> Node:
        base = self.random.choice(bases)
        if form != "FIN":
            return Node(self.inflect(base, form), form)
        kind = self.random.random()
        if kind < 0.6:
            return Node(self.inflect(base, "VBD"), "VBD")
        if kind < 0.8:
            auxiliary, tag, form = self.random.choice(["will", "would", "may"]), "MD", "VB"
        else:
            auxiliary, tag, form = ("had", "VBD", "VBN") if kind < 0.88 else ("has", "VBZ", "VBN")
        node = Node(self.inflect(base, form), form)
        node.row = [Node(auxiliary, tag, "aux"), None]
        return node

    def leaf(self, symbol: str) -> Node | None:
        """Words that are not in the grammar: names and numbers."""
        pick = self.random
        if symbol in self.leaves:
            return Node(pick.choice(self.leaves[symbol]), "JJ" if symbol == "DEMONYM" else "NNP")
        if symbol == "YEAR":
            return Node(str(pick.randint(1945, 2030)), "CD")
        if symbol == "DATE_NUMBER":
            return Node(str(pick.randint(1, 31)), "CD")
        if symbol == "ROUND_NUMBER":
            return Node(pick.choice(["1.2", "3.5", "20", "50", "75", "120", "300", "450", "800"]), "CD")
        if symbol == "INITIAL":
            return Node(pick.choice("ABCDEFGHJKLMNPRSTVW") + ".", "NNP")
        if symbol == "ABBREVIATION":
            return Node("".join(pick.choices("ABCDEFGILMNOPRSTU", k=pick.randint(2, 5))), "NNP")
        if symbol in ("GIVEN", "SURNAME", "SYLLABLE"):
            count = 1 if symbol == "SYLLABLE" else pick.choice([2, 2, 2, 3] if symbol == "GIVEN" else [2, 2, 3, 3])
            syllables = (
                pick.choice(["b", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "sh", "t", "v", "y", "z", "kh", "ch", ""])
                + pick.choice(["a", "a", "a", "e", "i", "o", "u", "ai", "ou", "ie", "á", "ö", "é"][: 10 + 3 * (pick.random() < 0.2)])
                + pick.choice(["", "", "", "n", "r", "l", "s", "m", "d", "k", "t"])
                for _ in range(count)
            )
            ending = pick.choice(["", "", "", "ov", "ić", "sson", "ez", "ian", "enko", "oğlu", "ski", "i", "o", "er", "ul"])
            name = "".join(syllables) + (ending if symbol == "SURNAME" else "")
            return Node(name[:1].upper() + name[1:], "NNP")
        return None


def sentences(count: int, seed: int) -> list[list[Word]]:
    genre = Genre(seed)
    return [genre.sentence() for _ in range(count)]


if __name__ == "__main__":
    for words in sentences(int(sys.argv[1]), 1):
        print(" ".join(word.form for word in words))
