"""The network of the teachers: the parser over the states of a transformer that has read much text, and that goes on learning with it.

Too large and slow for the program itself, which gets a `Parser` that has learnt from it.
"""

import torch
from torch import nn
from torch.nn import functional
from transformers import AutoModel

from features import PIECES
from network import INPUT_SIZE, Parser, half_precision

# The highest learning rates of the parser and of the transformer, which knows much already.
RATE, TRANSFORMER_RATE = 2e-3, 2e-4


class Teacher(Parser):
    """A parser that is also given what the transformer makes of the first subword of each word."""

    input_dropout, dropout = 0.25, 0.33

    def __init__(self, vocabulary, *counts):
        super().__init__(vocabulary, *counts, more=INPUT_SIZE)
        self.deep = AutoModel.from_pretrained(vocabulary.subwords.folder, add_pooling_layer=False)
        self.down = nn.Linear(self.deep.config.hidden_size, INPUT_SIZE)
        self._end = vocabulary.subwords.end

    def rates(self):
        rest = [parameter for name, parameter in self.named_parameters() if not name.startswith("deep.")]
        return [{"params": rest, "rate": RATE}, {"params": self.deep.parameters(), "rate": TRANSFORMER_RATE}]

    def inputs(self, words, pieces):
        deep = self.down(functional.dropout(self._read(pieces[:, :, PIECES:]), 0.1, self.training))
        return torch.cat([super().inputs(words, pieces), deep], -1)

    def _read(self, subwords):
        """The transformer's states at the first subword of each position (sentence x position x subword, 0 for none)."""
        count, length, most = subwords.shape
        subwords = subwords.reshape(count, length * most)
        there = subwords > 0
        # Each sentence in one piece, without the gaps behind short words, and with the sign of its end.
        places, lengths = there.cumsum(1) - 1, there.sum(1) + 1
        sentences = torch.arange(count)
        line = torch.zeros(count, int(lengths.max()), dtype=torch.long)
        line[sentences[:, None].expand_as(places)[there], places[there]] = subwords[there]
        line[sentences, lengths - 1] = self._end
        inside = torch.arange(line.shape[1])[None, :] < lengths[:, None]
        with half_precision():
            states = self.deep(input_ids=line, attention_mask=inside.long()).last_hidden_state.float()
        first = places.reshape(count, length, most)[:, :, 0]
        return torch.gather(states, 1, first[:, :, None].expand(-1, -1, states.shape[2]))
