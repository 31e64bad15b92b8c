"""The network: hashed word features, two BiLSTM layers, taggers, and the deep biaffine parser of
Dozat and Manning (2017), <https://arxiv.org/abs/1611.01734>.

Position 0 of every sentence is the artificial root.
"""

import torch
from torch import nn
from torch.nn import functional

from features import PIECE_ROWS, PIECES, UNKNOWN_WORD

WORD_SIZE, PIECE_SIZE, INPUT_SIZE, HIDDEN = 64, 32, 128, 128
ARC_SIZE, LABEL_SIZE = 128, 64
DISTANCE_BUCKETS = 12


def shared_dropout(vectors, rate, training):
    """Dropout with one mask for all positions of a sentence (Gal and Ghahramani 2016)."""
    if not training:
        return vectors
    keep = torch.rand(vectors.shape[0], 1, vectors.shape[2]) > rate
    return vectors * keep / (1 - rate)


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
    """Scores of tags, arcs and labels for a batch of sentences."""

    def __init__(self, vocabulary, upos_count, xpos_count, relation_count):
        super().__init__()
        self.words = nn.Embedding(len(vocabulary.words) + 2, WORD_SIZE, padding_idx=0)
        self.pieces = nn.Embedding(PIECE_ROWS + 1, PIECE_SIZE, padding_idx=0)
        nn.init.normal_(self.words.weight, std=0.1)
        nn.init.normal_(self.pieces.weight, std=0.1)
        self.mix = nn.Linear(WORD_SIZE + PIECE_SIZE * PIECES, 2 * INPUT_SIZE)
        self.first = nn.LSTM(INPUT_SIZE, HIDDEN, bidirectional=True, batch_first=True)
        self.second = nn.LSTM(2 * HIDDEN, HIDDEN, bidirectional=True, batch_first=True)
        self.xpos = nn.Linear(2 * HIDDEN, xpos_count)
        self.upos = nn.Linear(2 * HIDDEN, upos_count)
        # Four projections in one matrix: arc head, arc dependent, label head, label dependent.
        self.projections = nn.Linear(2 * HIDDEN, 2 * ARC_SIZE + 2 * LABEL_SIZE)
        self.arcs = nn.Parameter(nn.init.xavier_uniform_(torch.empty(ARC_SIZE + 1, ARC_SIZE), 0.5))
        self.labels = nn.Parameter(
            nn.init.xavier_uniform_(torch.empty(relation_count, LABEL_SIZE + 1, LABEL_SIZE + 1), 0.5)
        )
        self.distance = nn.Parameter(torch.zeros(2, DISTANCE_BUCKETS))
        # Rare words are replaced by the unknown word more often, so that it learns to stand for them.
        drop = torch.zeros(len(vocabulary.words) + 2)
        for word, row in vocabulary.rows.items():
            drop[row] = 0.25 / (0.25 + 0.5 * vocabulary.counts[word])
        self.register_buffer("word_drop", drop, persistent=False)

    @staticmethod
    def run(lstm, vectors, lengths):
        packed = nn.utils.rnn.pack_padded_sequence(vectors, lengths, batch_first=True, enforce_sorted=False)
        return nn.utils.rnn.pad_packed_sequence(lstm(packed)[0], batch_first=True)[0]

    def forward(self, words, pieces, lengths):
        """Scores of XPOS and UPOS, of arcs (sentence x dependent x head), and both label projections."""
        if self.training:
            words = torch.where(torch.rand(words.shape) < self.word_drop[words], UNKNOWN_WORD, words)
        features = torch.cat([self.words(words), self.pieces(pieces).flatten(2)], -1)
        features = functional.dropout(features, 0.2, self.training)
        left, right = self.mix(features).chunk(2, -1)
        vectors = torch.maximum(left, right)
        states = self.run(self.first, shared_dropout(vectors, 0.25, self.training), lengths)
        dropped = shared_dropout(states, 0.33, self.training)
        xpos, upos = self.xpos(dropped), self.upos(dropped)
        states = self.run(self.second, shared_dropout(states, 0.33, self.training), lengths)
        projected = self.projections(shared_dropout(states, 0.33, self.training))
        projected = shared_dropout(functional.leaky_relu(projected, 0.1), 0.33, self.training)
        arc_head, arc_dependent, label_head, label_dependent = projected.split(
            [ARC_SIZE, ARC_SIZE, LABEL_SIZE, LABEL_SIZE], -1
        )
        arcs = with_bias(arc_dependent) @ self.arcs @ arc_head.transpose(1, 2)
        arcs = arcs + self.distance[distance_buckets(arcs.shape[1])]
        outside = torch.arange(arcs.shape[2])[None, :] >= lengths[:, None]
        arcs = arcs.masked_fill(outside[:, None, :], -1e9)
        return xpos, upos, arcs, with_bias(label_head), with_bias(label_dependent)

    def label_scores(self, dependents, heads):
        """Scores of all relations for pairs of label projections, one pair a row."""
        return torch.einsum("nd,rdh,nh->nr", dependents, self.labels, heads)
