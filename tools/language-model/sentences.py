"""Learns where sentences end that no full stop ends, and writes what the text step reads: weights (`src/text/unmarked.rs`) and clusters
of words (`src/text/clusters.rs`).

    python3 tools/language-model/sentences.py --treebanks DIR --clusters DIR --out src/text

In the treebanks' running text the line breaks are lost after headings, salutations, signatures and list items, and careless
writers begin sentences small; where a sentence ends there is told by its annotation. A linear classifier over hashed features
(logistic regression, Adagrad, features dropped at random) looks at each gap between words. Needs PyTorch; runs on one thread
of the CPU in a minute, with a fixed seed. `src/language/model/SOURCE.md` says what the result scores.
"""

import argparse
import struct
from pathlib import Path

import torch
from torch.nn import functional

from clusters import Clusters
from treebank import normalise

ROWS = 1 << 16
PASSES = 12
# The share of a gap's features that a pass leaves out.
DROPOUT = 0.15
# An end must be clearly likelier than none (log odds): a sentence that is cut in two is worse read than two that are joined.
CAUTION = 0.5


def documents(path: Path):
    """For each document its words: form, whether white space follows, whether a sentence ends."""
    name, words, last, space = None, [], 0, True
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# newdoc"):
            if line != name and words:
                yield words
                words = []
            name = line
        elif not line:
            if words:
                words[-1][2] = True
            last = 0
        elif not line.startswith("#"):
            identifier, form, *_, misc = line.split("\t")
            after = "SpaceAfter=No" not in misc.split("|")
            if "-" in identifier:
                # Within a multiword token no white space stands; what follows it is said with the token.
                last, space = int(identifier.split("-")[1]), after
            elif identifier.isdecimal():
                number = int(identifier)
                words.append([normalise(form), after if number > last else space and number == last, False])
    if words:
        yield words


def paragraphs(document):
    """The document as a text with all its line breaks shows it: a paragraph ends wherever a sentence ends without a sign."""
    words = []
    for word in document:
        words.append(word)
        if word[2] and not word[0].endswith((".", "!", "?", "\"", "''", ")")):
            yield words
            words = []
    if words:
        yield words


def kind(form: str) -> str:
    """What sort of word: a capital (`X`), capitals (`C`), capitalised (`N`), small letters (`x`), small letters with other
    signs (`y`), number (`0`); else its first sign."""
    first = form[0]
    if first.isupper():
        return "X" if len(form) == 1 else "C" if all(letter.isupper() for letter in form) else "N"
    if first.islower():
        return "x" if form.isalpha() else "y"
    return "0" if "0" <= first <= "9" else first


def mix(value: int, part: int) -> int:
    value = ((value ^ part) * 0x9E3779B1) & 0xFFFFFFFF
    return value ^ (value >> 15)


def number(text: str) -> int:
    """FNV-1a, 32 bit."""
    value = 2166136261
    for byte in text.encode():
        value = ((value ^ byte) * 16777619) & 0xFFFFFFFF
    return value


def seen(form: str, clusters: Clusters):
    """The numbers of a word: of its letters, with ASCII digits as `0` and in lower case; of its kind; of its cluster, and of the first four
    and the first six turns to it. Words without a cluster have 0, and so has what is beyond the text."""
    lower = "".join("0" if "0" <= letter <= "9" else letter for letter in form.lower())
    path = clusters.path(form)
    turns = (0, 0, 0) if path is None else (path + 1, (path & 15) + 1, (path & 63) + 1)
    return number(lower), number(kind(form)), *turns


def length_class(words: int) -> int:
    """How long the sentence is so far: each of 1 to 4 words, up to 8, up to 16, longer."""
    return words if words < 5 else 5 if words < 9 else 6 if words < 17 else 7


def rows(words, start: int, end: int, quoted: bool):
    """The rows of the features of the gap before word `end` in a sentence that starts with word `start`; `words` as `seen`."""
    around = [words[place] if 0 <= place < len(words) else (0,) * 5 for place in range(end - 3, end + 3)]
    forms, kinds, clusters, branches, families = zip(*around)
    length, first = length_class(end - start), words[start][1]
    features = [
        *((form,) for form in forms),
        kinds[2:4], kinds[1:5], kinds,
        (forms[2], kinds[3]), (kinds[2], forms[3]), forms[2:4], (*forms[1:3], kinds[3]), (kinds[2], *forms[3:5]),
        (*kinds[1:3], forms[3], kinds[4]), forms[3:],
        (length, *kinds[2:4]), (length, first, *kinds[2:4]), (int(quoted), *kinds[2:4]),
        families[2:4], families[1:4], families[2:5], families[:3], families[3:], branches[1:5],
        (clusters[2], kinds[3]), (kinds[2], clusters[3]), clusters[3:5], clusters[1:3], (clusters[3], families[4]),
        (*families[2:4], *kinds[2:4]), (*kinds[2:4], *families[3:]),
    ]  # fmt: skip
    result = []
    for label, parts in enumerate(features, 1):
        value = label
        for part in parts:
            value = mix(value, part)
        result.append(value % ROWS)
    return result


def gaps(documents, clusters):
    """Rows of the features of each gap with white space, and whether a sentence ends there."""
    inputs, answers = [], []
    for document in documents:
        words = [seen(form, clusters) for form, _, _ in document]
        start, quoted = 0, False
        for end, (form, space, ends) in enumerate(document[:-1], 1):
            quoted ^= form in ('"', "``", "''")
            if space:
                inputs.append(rows(words, start, end, quoted))
                answers.append(float(ends))
            if ends:
                start, quoted = end, False
    return torch.tensor(inputs), torch.tensor(answers)


def learn(inputs, answers):
    """A weight for each row, and the bias."""
    torch.manual_seed(0)
    weights, bias = torch.zeros(ROWS, requires_grad=True), torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.Adagrad([weights, bias], lr=0.1)
    for _ in range(PASSES):
        for batch in torch.randperm(len(inputs)).split(2048):
            optimizer.zero_grad()
            scores = functional.dropout(weights[inputs[batch]], DROPOUT).sum(1) + bias
            functional.binary_cross_entropy_with_logits(scores, answers[batch]).backward()
            optimizer.step()
    return weights.detach(), bias.item()


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--treebanks", type=Path, required=True, help="folder of {ewt,gum}-train.conllu")
    arguments.add_argument("--clusters", type=Path, required=True, help="folder of the words' clusters, see clusters.py")
    arguments.add_argument("--out", type=Path, required=True, help="the folder to write to")
    options = arguments.parse_args()
    torch.set_num_threads(1)
    read = [document for name in ("ewt", "gum") for document in documents(options.treebanks / f"{name}-train.conllu")]
    # Half of what it sees has lost its line breaks, half has them all.
    laid_out = [paragraph for document in read for paragraph in paragraphs(document)]
    clusters = Clusters(options.clusters)
    weights, bias = learn(*gaps(read + laid_out, clusters))
    # One scale for all, so that sums of integers compare as the sums of numbers do.
    scale = 127 / weights.abs().max().item()
    rounded = (weights * scale).round().to(torch.int8).numpy()
    (options.out / "unmarked.bin").write_bytes(struct.pack("<i", round((CAUTION - bias) * scale)) + rounded.tobytes())
    (options.out / "clusters.txt").write_text(clusters.text(), encoding="utf-8")


if __name__ == "__main__":
    main()
