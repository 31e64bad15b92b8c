"""Trains the English model of chancery: tagger, parser and lemmatiser, and writes it as one file.

    python3 tools/language-model/train.py --treebanks DIR --out src/language/model/english.bin

Needs PyTorch and NumPy; runs on one thread of the CPU, with fixed seeds. `src/language/model/SOURCE.md` says where the
treebanks come from and what the result scores.
"""

import argparse
import random
import time
from collections import Counter
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional

import export
import treebank
from features import PIECES, Vocabulary
from genre import Genre
from lemmas import Lemmatiser
from network import Parser

WORDS_A_BATCH = 1500
WARM_UP_STEPS = 200
# The published weights are a running mean over about the last 300 steps (Polyak averaging).
AVERAGE_DECAY = 1 - 1 / 300


class Encoder:
    """Turns sentences into tensors; holds the inventories of tags and relations."""

    def __init__(self, sentences):
        self.vocabulary = Vocabulary(sentences)
        self.upos = sorted({word.upos for words in sentences for word in words})
        self.xpos = sorted({word.xpos for words in sentences for word in words})
        self.relations = sorted({word.relation for words in sentences for word in words})
        # Pairs that occur less often are slips or torn words.
        pairs = Counter((word.upos, word.xpos) for words in sentences for word in words)
        self.tag_pairs = sorted(pair for pair, count in pairs.items() if count >= 5)
        self._upos, self._xpos, self._relations = (
            {name: number for number, name in enumerate(names)} for names in (self.upos, self.xpos, self.relations)
        )

    def sentence(self, words):
        """Word rows, piece rows, UPOS, XPOS, heads and relations, each with the root in front."""
        rows = [(0, [0] * PIECES)] + [self.vocabulary.features(word.form) for word in words]
        return (
            torch.tensor([word for word, _ in rows]),
            torch.tensor([pieces for _, pieces in rows]),
            torch.tensor([0] + [self._upos.get(word.upos, 0) for word in words]),
            torch.tensor([0] + [self._xpos.get(word.xpos, 0) for word in words]),
            torch.tensor([0] + [word.head for word in words]),
            torch.tensor([0] + [self._relations.get(word.relation, 0) for word in words]),
        )

    def batch(self, sentences):
        """Padded tensors of `sentence` and the lengths, root included."""
        encoded = [self.sentence(words) for words in sentences]
        lengths = torch.tensor([len(parts[0]) for parts in encoded])
        return [nn.utils.rnn.pad_sequence(list(part), batch_first=True) for part in zip(*encoded)], lengths


def batches(sentences, shuffle=None):
    """Sentences of like length together; with a random generator in a new order each time."""
    noise = (lambda: shuffle.random() * 3) if shuffle else (lambda: 0)
    order = sorted(sentences, key=lambda words: len(words) + noise())
    result, batch, size = [], [], 0
    for words in order:
        batch.append(words)
        size += len(words) + 1
        if size >= WORDS_A_BATCH:
            result.append(batch)
            batch, size = [], 0
    if batch:
        result.append(batch)
    if shuffle:
        shuffle.shuffle(result)
    return result


def loss_of(parser, tensors, lengths):
    """Cross-entropy of tags, heads, and labels at the gold heads."""
    words, pieces, upos, xpos, heads, relations = tensors
    xpos_scores, upos_scores, arcs, label_heads, label_dependents = parser(words, pieces, lengths)
    inside = torch.arange(words.shape[1])[None, :] < lengths[:, None]
    inside[:, 0] = False
    gold_heads = torch.gather(label_heads, 1, heads[:, :, None].expand(-1, -1, label_heads.shape[2]))
    labels = parser.label_scores(label_dependents[inside], gold_heads[inside])
    return (
        functional.cross_entropy(xpos_scores[inside], xpos[inside])
        + 0.5 * functional.cross_entropy(upos_scores[inside], upos[inside])
        + 1.5 * functional.cross_entropy(arcs[inside], heads[inside])
        + functional.cross_entropy(labels, relations[inside])
    )


@torch.no_grad()
def accuracy(parser, encoder, sentences):
    """Percent of words with the right UPOS, XPOS, head, and head and full relation.

    Each word takes its best head, tree or not: the library's decoder does slightly better.
    """
    parser.eval()
    right, total = torch.zeros(4), 0
    for batch in batches(sentences):
        (words, pieces, upos, xpos, heads, relations), lengths = encoder.batch(batch)
        xpos_scores, upos_scores, arcs, label_heads, label_dependents = parser(words, pieces, lengths)
        inside = torch.arange(words.shape[1])[None, :] < lengths[:, None]
        inside[:, 0] = False
        best = arcs.argmax(-1)
        chosen = torch.gather(label_heads, 1, best[:, :, None].expand(-1, -1, label_heads.shape[2]))
        labels = parser.label_scores(label_dependents[inside], chosen[inside]).argmax(-1)
        attached = best[inside] == heads[inside]
        right += torch.stack(
            [
                (upos_scores.argmax(-1)[inside] == upos[inside]).sum(),
                (xpos_scores.argmax(-1)[inside] == xpos[inside]).sum(),
                attached.sum(),
                (attached & (labels == relations[inside])).sum(),
            ]
        )
        total += int(inside.sum())
    return " ".join(
        f"{name} {value:.2f}" for name, value in zip(("UPOS", "XPOS", "UAS", "LAS"), (100 * right / total).tolist())
    )


def train(encoder, sentences, held_out, options):
    """The averaged network after the wanted passes over `sentences` and new ones from the grammar each time."""
    torch.manual_seed(options.seed)
    shuffle = random.Random(options.seed)
    genre = Genre(options.seed)
    epochs = options.epochs
    counts = len(encoder.upos), len(encoder.xpos), len(encoder.relations)
    parser = Parser(encoder.vocabulary, *counts)
    if options.start:
        parser.load_state_dict(torch.load(options.start))
    averaged = torch.optim.swa_utils.AveragedModel(
        parser, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(AVERAGE_DECAY)
    )
    optimizer = torch.optim.Adam(parser.parameters(), lr=options.rate, betas=(0.9, 0.98), fused=True)
    step, start = 0, time.process_time()
    for epoch in range(1, epochs + 1):
        parser.train()
        chosen = sentences + [genre.sentence() for _ in range(options.made)]
        todo = batches([treebank.vary(words, shuffle) for words in chosen], shuffle)
        for number, batch in enumerate(todo):
            step += 1
            remaining = 1 - (epoch - 1 + number / len(todo)) / epochs
            for group in optimizer.param_groups:
                group["lr"] = options.rate * min(1, step / WARM_UP_STEPS) * remaining**0.8
            optimizer.zero_grad()
            loss_of(parser, *encoder.batch(batch)).backward()
            nn.utils.clip_grad_norm_(parser.parameters(), 3.0)
            optimizer.step()
            if step > WARM_UP_STEPS:
                averaged.update_parameters(parser)
        print(
            f"epoch {epoch} of {epochs}, {time.process_time() - start:.0f} s;",
            f"last weights {accuracy(parser, encoder, held_out)};",
            f"mean weights {accuracy(averaged.module, encoder, held_out)}",
            flush=True,
        )
        if options.checkpoint:
            torch.save(averaged.module.state_dict(), options.checkpoint)
    return averaged.module


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--treebanks", type=Path, required=True, help="folder of {ewt,gum}-{train,dev}.conllu")
    arguments.add_argument("--out", type=Path, required=True, help="the model file to write")
    arguments.add_argument("--epochs", type=int, default=36)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--made", type=int, default=2200, help="sentences that genre.py makes for each pass")
    arguments.add_argument("--rate", type=float, default=3e-3, help="the highest learning rate")
    arguments.add_argument("--start", type=Path, help="a checkpoint to train further")
    arguments.add_argument("--only", choices=["ewt", "gum"], help="train on one treebank alone")
    arguments.add_argument("--checkpoint", type=Path, help="where to keep the weights after each epoch")
    arguments.add_argument("--weights", type=Path, help="a checkpoint to export instead of training")
    options = arguments.parse_args()

    torch.set_num_threads(1)
    names = [options.only] if options.only else ["ewt", "gum"]
    sentences, held_out = (
        [words for name in names for words in treebank.read(options.treebanks / f"{name}-{part}.conllu")]
        for part in ("train", "dev")
    )
    encoder = Encoder(sentences)
    if options.weights:
        parser = Parser(encoder.vocabulary, len(encoder.upos), len(encoder.xpos), len(encoder.relations))
        parser.load_state_dict(torch.load(options.weights))
    else:
        parser = train(encoder, sentences, held_out, options)
    export.write(options.out, parser, encoder, Lemmatiser(sentences))


if __name__ == "__main__":
    main()
