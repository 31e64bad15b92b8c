"""Trains the English model of chancery: tagger, parser and lemmatiser, and writes it as one file.

    python3 tools/language-model/train.py --treebanks DIR --clusters DIR --transformer DIR --text FILE --out FILE

Needs PyTorch, NumPy and transformers; runs on one thread of the CPU, with fixed seeds. `src/language/model/SOURCE.md` says where the
data come from and what the result scores.
"""

import argparse
import random
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional

import export
import treebank
from clusters import Clusters
from features import Subwords, Vocabulary
from genre import Genre
from lemmas import Lemmatiser
from network import Parser
from other_words import OtherWords
from teacher import Teacher

WORDS_A_BATCH = 1500
WARM_UP_STEPS = 200
# The published weights are a running mean over about the last 300 steps (Polyak averaging).
AVERAGE_DECAY = 1 - 1 / 300
# Of XPOS, UPOS, heads and relations in the loss.
WEIGHTS = 1, 0.5, 1.5, 1
# How much of the lesson is what the teachers think, the rest being the treebank's word.
TEACHERS_SHARE = 0.8
# Words of a sentence of the text; shorter ones teach little, longer ones are mostly lists.
TEXT_LENGTHS = range(6, 81)
# Copies of each sentence of the treebanks with other words in it.
COPIES = 3
OTHER_WORDS_SEED = 7


class Encoder:
    """Turns sentences into tensors; holds the inventories of tags and relations."""

    def __init__(self, sentences, clusters, subwords):
        self.vocabulary = Vocabulary(sentences, clusters, subwords)
        self.upos = sorted({word.upos for words in sentences for word in words})
        self.xpos = sorted({word.xpos for words in sentences for word in words})
        self.relations = sorted({word.relation for words in sentences for word in words})
        # Pairs that occur less often are slips or torn words.
        pairs = Counter((word.upos, word.xpos) for words in sentences for word in words)
        self.tag_pairs = sorted(pair for pair, count in pairs.items() if count >= 5)
        self._upos, self._xpos, self._relations = (
            {name: number for number, name in enumerate(names)} for names in (self.upos, self.xpos, self.relations)
        )

    def network(self, kind):
        """A new network of that kind, `Parser` or `Teacher`, for these inventories."""
        return kind(self.vocabulary, len(self.upos), len(self.xpos), len(self.relations))

    def sentence(self, words):
        """Word rows, piece rows, UPOS, XPOS, heads and relations, each with the root in front."""
        rows = [self.vocabulary.root] + [self.vocabulary.features(word.form) for word in words]
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


def relations_at(parser, heads, label_heads, label_dependents):
    """Scores of all relations between each position and its head."""
    chosen = torch.gather(label_heads, 1, heads[:, :, None].expand(-1, -1, label_heads.shape[2]))
    return parser.label_scores(label_dependents, chosen)


def words_among(words, lengths):
    """Which positions of a padded batch are words."""
    inside = torch.arange(words.shape[1])[None, :] < lengths[:, None]
    inside[:, 0] = False
    return inside


def loss_of(parser, tensors, lengths, lessons=None):
    """Cross-entropy of tags, heads, and labels at the gold heads, with the treebank's word and the teachers' `lessons`."""
    words, pieces, upos, xpos, heads, relations = tensors
    *scores, label_heads, label_dependents = parser(words, pieces, lengths)
    scores.append(relations_at(parser, heads, label_heads, label_dependents))
    inside = words_among(words, lengths)
    total = 0
    for number, (weight, score, gold) in enumerate(zip(WEIGHTS, scores, (xpos, upos, heads, relations))):
        score = score[inside]
        loss = functional.cross_entropy(score, gold[inside], reduction="none")
        if lessons:
            taught, beliefs = lessons.of(number, score.shape[1])
            share = TEACHERS_SHARE * taught
            loss = (1 - share) * loss + share * functional.cross_entropy(score, beliefs, reduction="none")
        total = total + weight * loss.mean()
    return total


class Lessons:
    """What an ensemble believes of sentences: its mean probabilities (Kuncoro et al. 2016, knowledge distillation of an
    ensemble into one parser, <https://arxiv.org/abs/1609.07561>).

    Of the sentences of `texts`, which nobody annotated, the likeliest analysis stands in `text` afterwards as if it were a
    treebank's.
    """

    @torch.no_grad()
    def __init__(self, teachers, encoder, sentences, *texts):
        self.text, self._beliefs, self._batch = [], {}, []
        for teacher in teachers:
            teacher.eval()
        for annotated, source in ((True, sentences), *((False, text) for text in texts)):
            for batch in batches(source):
                mean = beliefs_of(teachers, encoder, batch, annotated)
                for number, words in enumerate(batch):
                    xpos, upos, arcs, labels = (part[number, 1 : len(words) + 1] for part in mean)
                    beliefs = xpos, upos, arcs[:, : len(words) + 1], labels
                    if not annotated:
                        words = likeliest(encoder, words, beliefs)
                        self.text.append(words)
                    self._beliefs[id(words)] = [part.half() for part in beliefs]

    def about(self, batch, varied):
        """Of these sentences; a varied one has the beliefs of the sentence that it comes from, made ones have none."""
        self._batch = [(self._beliefs.get(id(words)), len(seen)) for words, seen in zip(batch, varied)]
        return self

    def of(self, number, width):
        """For each word whether it is taught, and beliefs about XPOS, UPOS, head or relation, padded to `width`."""
        taught, rows = [], []
        for beliefs, length in self._batch:
            taught.append(torch.full((length,), float(beliefs is not None)))
            if beliefs is None:
                rows.append(torch.zeros(length, width))
            else:
                part = beliefs[number][:length, :width].float()
                rows.append(functional.pad(part, (0, width - part.shape[1])))
        return torch.cat(taught), torch.cat(rows)


def mean_of(beliefs):
    """The mean of several networks' lists of probabilities, part by part."""
    return [torch.stack(parts).mean(0) for parts in zip(*beliefs)]


def beliefs_of(teachers, encoder, sentences, annotated):
    """The teachers' mean probabilities of XPOS, UPOS and heads, and of the relations to the heads of the annotation, or, of sentences
    without one, to the likeliest heads: each sentence x position x choice."""
    (words, pieces, _, _, heads, _), lengths = encoder.batch(sentences)
    outputs = [teacher(words, pieces, lengths) for teacher in teachers]
    mean = mean_of([score.softmax(-1) for score in output[:3]] for output in outputs)
    if not annotated:
        heads = mean[2].argmax(-1)
    labels = mean_of([relations_at(teacher, heads, *output[3:]).softmax(-1)] for teacher, output in zip(teachers, outputs))
    return mean + labels


def likeliest(encoder, words, beliefs):
    """The sentence with the tags, heads and relations that are believed most."""
    columns = zip(words, *(part.argmax(-1).tolist() for part in beliefs))
    return [
        replace(word, upos=encoder.upos[u], xpos=encoder.xpos[x], head=head, relation=encoder.relations[relation])
        for word, x, u, head, relation in columns
    ]


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
        inside = words_among(words, lengths)
        best = arcs.argmax(-1)
        labels = relations_at(parser, best, label_heads, label_dependents).argmax(-1)
        attached = (best == heads)[inside]
        right += torch.stack(
            [
                (upos_scores.argmax(-1) == upos)[inside].sum(),
                (xpos_scores.argmax(-1) == xpos)[inside].sum(),
                attached.sum(),
                (attached & (labels == relations)[inside]).sum(),
            ]
        )
        total += int(inside.sum())
    return " ".join(
        f"{name} {value:.2f}" for name, value in zip(("UPOS", "XPOS", "UAS", "LAS"), (100 * right / total).tolist())
    )


def train(kind, encoder, sentences, held_out, options, seed, epochs, lessons=None):
    """A network of that kind with averaged weights, after so many passes over `sentences`.

    To each pass come new sentences of the grammar and, with `lessons`, others of the text that nobody annotated.
    """
    torch.manual_seed(seed)
    shuffle = random.Random(seed)
    genre = Genre(seed)
    parser = encoder.network(kind)
    averaged = torch.optim.swa_utils.AveragedModel(
        parser, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(AVERAGE_DECAY)
    )
    optimizer = torch.optim.Adam(parser.rates(), betas=(0.9, 0.98), fused=True)
    step, start = 0, time.process_time()
    text = []
    for epoch in range(1, epochs + 1):
        parser.train()
        more = [genre.sentence() for _ in range(options.made)]
        if lessons and lessons.text:
            while len(text) < options.text_a_pass:
                text += shuffle.sample(lessons.text, len(lessons.text))
            more, text = more + text[: options.text_a_pass], text[options.text_a_pass :]
        todo = batches(sentences + more, shuffle)
        for number, batch in enumerate(todo):
            step += 1
            remaining = 1 - (epoch - 1 + number / len(todo)) / epochs
            for group in optimizer.param_groups:
                group["lr"] = group["rate"] * min(1, step / WARM_UP_STEPS) * remaining**0.8
            optimizer.zero_grad()
            varied = [treebank.vary(words, shuffle) for words in batch]
            loss_of(parser, *encoder.batch(varied), lessons and lessons.about(batch, varied)).backward()
            nn.utils.clip_grad_norm_(parser.parameters(), 3.0)
            optimizer.step()
            if step > WARM_UP_STEPS:
                averaged.update_parameters(parser)
        print(
            f"seed {seed}, epoch {epoch} of {epochs}, {time.process_time() - start:.0f} s;",
            f"mean weights {accuracy(averaged.module, encoder, held_out)}",
            flush=True,
        )
    return averaged.module


def taught(encoder, sentences, texts, held_out, options):
    """One network that has learnt from the treebanks and from what several others, its teachers, made of them and of `texts`."""
    teachers = []
    for seed in range(options.seed + 1, options.seed + 1 + options.teachers):
        kept = options.keep and options.keep / f"teacher-{seed}.pt"
        if kept and kept.exists():
            teacher = encoder.network(Teacher)
            teacher.load_state_dict(torch.load(kept))
        else:
            teacher = train(Teacher, encoder, sentences, held_out, options, seed, options.teacher_epochs)
            if kept:
                torch.save(teacher.state_dict(), kept)
        teachers.append(teacher)
    lessons = Lessons(teachers, encoder, sentences, *texts) if teachers else None
    return train(Parser, encoder, sentences, held_out, options, options.seed, options.epochs, lessons)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--treebanks", type=Path, required=True, help="folder of {ewt,gum}-{train,dev}.conllu")
    arguments.add_argument("--clusters", type=Path, required=True, help="folder of the words' clusters, see clusters.py")
    arguments.add_argument("--transformer", type=Path, required=True, help="folder of what the teachers build on, see teacher.py")
    arguments.add_argument("--out", type=Path, required=True, help="the model file to write")
    arguments.add_argument("--epochs", type=int, default=40)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--teachers", type=int, default=2, help="networks that the published one learns from")
    arguments.add_argument("--teacher-epochs", type=int, default=8)
    arguments.add_argument("--made", type=int, default=2200, help="sentences that genre.py makes for each pass")
    arguments.add_argument("--text", type=Path, nargs="*", default=[], help="CoNLL-U of which only the words count")
    arguments.add_argument("--text-a-pass", type=int, default=13000, help="sentences without annotation in each pass")
    arguments.add_argument("--only", choices=["ewt", "gum"], help="train on one treebank alone")
    arguments.add_argument("--keep", type=Path, help="a folder where teachers are kept, and taken from if they are there")
    options = arguments.parse_args()

    torch.set_num_threads(1)
    names = [options.only] if options.only else ["ewt", "gum"]
    sentences, held_out = (
        [words for name in names for words in treebank.read(options.treebanks / f"{name}-{part}.conllu")]
        for part in ("train", "dev")
    )
    text = [words for path in options.text for words in treebank.read(path) if len(words) in TEXT_LENGTHS]
    clusters = Clusters(options.clusters)
    encoder = Encoder(sentences, clusters, Subwords(options.transformer))
    other = OtherWords(clusters, OTHER_WORDS_SEED)
    alike = [words for words in sentences if len(words) in TEXT_LENGTHS]
    copies = [copy for _ in range(COPIES) for copy in other.copies(alike)]
    network = taught(encoder, sentences, [text, copies], held_out, options)
    export.write(options.out, network, encoder, Lemmatiser(sentences))


if __name__ == "__main__":
    main()
