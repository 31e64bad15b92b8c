"""The network: hashed word features, two BiLSTM layers, taggers, and the deep biaffine parser of
Dozat and Manning (2017), <https://arxiv.org/abs/1611.01734>.

Position 0 of every sentence is the artificial root.
"""

import torch
from torch import nn
from torch.nn import functional

from features import PIECES, UNKNOWN_WORD

WORD_SIZE, PIECE_SIZE, INPUT_SIZE, HIDDEN = 64, 32, 128, 128
ARC_SIZE, LABEL_SIZE = 128, 128
DISTANCE_BUCKETS = 12
RATE = 3e-3


def shared_dropout(vectors, rate, training):
    """Dropout with one mask for all positions of a sentence (Gal and Ghahramani 2016)."""
    if not training:
        return vectors
    keep = torch.rand(vectors.shape[0], 1, vectors.shape[2]) > rate
    return vectors * keep / (1 - rate)


def half_precision():
    """Products of large matrices in bfloat16: several times faster, and no worse for training."""
    return torch.autocast("cpu", dtype=torch.bfloat16)


class Layer(nn.Module):
    """A bidirectional LSTM over padded sentences.

    Each direction is an LSTM of its own that reads padding last, so that no packing is needed, which is slow.
    """

    def __init__(self, inputs):
        super().__init__()
        self.onward = nn.LSTM(inputs, HIDDEN, batch_first=True)
        self.back = nn.LSTM(inputs, HIDDEN, batch_first=True)

    def forward(self, vectors, turned):
        """`turned` is the place of each position in the sentence read backwards."""
        with half_precision():
            onward = self.onward(vectors)[0]
            back = self.back(rearranged(vectors, turned))[0]
        return torch.cat([onward, rearranged(back, turned)], -1).float()


def rearranged(vectors, positions):
    return torch.gather(vectors, 1, positions[:, :, None].expand(-1, -1, vectors.shape[2]))


def with_bias(vectors):
    """A constant 1 behind each vector, so that a bilinear form has linear terms too."""
    return torch.cat([vectors, torch.ones_like(vectors[..., :1])], -1)


def distance_buckets(length):
    """Direction (1: the head is to the right) and bucket of the distance, for each dependent and head.

    The bucket of distance d is floor(2 log2 d), which is floor(log2 d²).
    """
    position = torch.arange(length)
    difference = position[None, :] - position[:, None]
    squares = torch.arange(DISTANCE_BUCKETS).exp2()
    bucket = torch.bucketize((difference**2).float().clamp(min=1), squares, right=True) - 1
    return (difference > 0).long(), bucket


class Parser(nn.Module):
    """Scores of tags, arcs and labels for a batch of sentences.

    Whoever gives it more about words than `inputs` does says how many numbers `more`.
    """

    # Shares dropped of what the first layer reads and of what the rest does. They are half of what a network without teachers needs,
    # since the teachers' doubts keep it from learning by heart.
    input_dropout, dropout = 0.125, 0.165

    def __init__(self, vocabulary, upos_count, xpos_count, relation_count, more=0):
        super().__init__()
        self.words = nn.Embedding(len(vocabulary.words) + 2, WORD_SIZE, padding_idx=0)
        self.pieces = nn.Embedding(vocabulary.piece_rows, PIECE_SIZE, padding_idx=0)
        nn.init.normal_(self.words.weight, std=0.1)
        nn.init.normal_(self.pieces.weight, std=0.1)
        self.mix = nn.Linear(WORD_SIZE + PIECE_SIZE * PIECES, 2 * INPUT_SIZE)
        self.first = Layer(INPUT_SIZE + more)
        self.second = Layer(2 * HIDDEN)
        self.xpos = nn.Linear(2 * HIDDEN, xpos_count)
        self.upos = nn.Linear(2 * HIDDEN, upos_count)
        # Four projections in one matrix: arc head, arc dependent, label head, label dependent.
        self.projections = nn.Linear(2 * HIDDEN, 2 * ARC_SIZE + 2 * LABEL_SIZE)
        self.arcs = nn.Parameter(nn.init.xavier_uniform_(torch.empty(ARC_SIZE + 1, ARC_SIZE), 0.5))
        # A relation's bilinear form is a diagonal one: full forms cost ten times more and are no better.
        self.labels = nn.Linear(3 * LABEL_SIZE, relation_count)
        self.distance = nn.Parameter(torch.zeros(2, DISTANCE_BUCKETS))
        # Rare words are replaced by the unknown word more often, so that it learns to stand for them.
        drop = torch.zeros(len(vocabulary.words) + 2)
        for word, row in vocabulary.rows.items():
            drop[row] = 0.25 / (0.25 + 0.5 * vocabulary.counts[word])
        self.register_buffer("word_drop", drop, persistent=False)

    def rates(self):
        """The highest learning rates, each with the parameters that learn by it."""
        return [{"params": self.parameters(), "rate": RATE}]

    def inputs(self, words, pieces):
        """A vector for each position."""
        if self.training:
            words = torch.where(torch.rand(words.shape) < self.word_drop[words], UNKNOWN_WORD, words)
        features = torch.cat([self.words(words), self.pieces(pieces[:, :, :PIECES]).flatten(2)], -1)
        features = functional.dropout(features, 0.2, self.training)
        with half_precision():
            left, right = self.mix(features).chunk(2, -1)
        return torch.maximum(left, right).float()

    def forward(self, words, pieces, lengths):
        """Scores of XPOS and UPOS, of arcs (sentence x dependent x head), and both label projections."""
        vectors = self.inputs(words, pieces)
        position = torch.arange(words.shape[1])[None, :]
        inside = position < lengths[:, None]
        turned = torch.where(inside, lengths[:, None] - 1 - position, position)
        states = self.first(shared_dropout(vectors, self.input_dropout, self.training), turned)
        dropped = self._dropped(states)
        xpos, upos = self.xpos(dropped), self.upos(dropped)
        states = self.second(self._dropped(states), turned)
        with half_precision():
            projected = self.projections(self._dropped(states))
        projected = self._dropped(functional.leaky_relu(projected.float(), 0.1))
        arc_head, arc_dependent, label_head, label_dependent = projected.split(
            [ARC_SIZE, ARC_SIZE, LABEL_SIZE, LABEL_SIZE], -1
        )
        arcs = with_bias(arc_dependent) @ self.arcs @ arc_head.transpose(1, 2)
        arcs = arcs + self.distance[distance_buckets(arcs.shape[1])]
        arcs = arcs.masked_fill(~inside[:, None, :], -1e9)
        return xpos, upos, arcs, label_head, label_dependent

    def _dropped(self, vectors):
        return shared_dropout(vectors, self.dropout, self.training)

    def label_scores(self, dependents, heads):
        """Scores of all relations for pairs of label projections, one pair a row."""
        return self.labels(torch.cat([dependents * heads, dependents, heads], -1))
