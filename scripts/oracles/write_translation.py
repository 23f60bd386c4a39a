"""Golden values of encoder-decoders with and without attention, by PyTorch in double precision.

    python scripts/oracles/write_translation.py src/test/resources/translation/encoder-decoder.json

The encoder is nn.LSTM or nn.GRU in both directions, the decoder nn.LSTMCell or nn.GRUCell under
the teacher, the loss functional.cross_entropy with label smoothing; attention as Bahdanau (2015)
and Luong (2015, "general", with h~ = tanh(Wc [c; h]) and input feeding) print it.
"""

import json
import sys

import torch
from torch.nn import functional

torch.manual_seed(11)
torch.set_default_dtype(torch.float64)

SOURCE_WORDS, BOUNDARY, SOURCE_WIDTH, TARGET_WIDTH = 5, 4, 3, 2
ENCODER, DECODER, KEYS, SMOOTHING = 3, 4, 3, 0.1
SOURCES = [[0, 3, 4, 1], [2], [1, 1, 0], [4, 2, 3, 0, 1]]
TARGETS = [[1, 3, 2], [], [2, 2, 1, 3, 1], [3]]
WEIGHTS = [1.0, 0.5, 1.5, 1.0]
CASES = [("lstm", "none", False), ("lstm", "additive", False), ("lstm", "additive", True),
         ("gru", "multiplicative", False), ("gru", "multiplicative", True)]
TORCH_NAMES = {"W": "weight_ih", "U": "weight_hh", "b": "bias_ih", "bU": "bias_hh"}


class Translator:
    """An encoder-decoder, one pair at a time."""

    def __init__(self, cell: str, attention: str, fed: bool):
        self.cell, self.attention, self.fed = cell, attention, fed
        states = 2 if cell == "lstm" else 1
        self.encoder = (torch.nn.LSTM if cell == "lstm" else torch.nn.GRU)(
            SOURCE_WIDTH, ENCODER, bidirectional=True)
        self.decoder = (torch.nn.LSTMCell if cell == "lstm" else torch.nn.GRUCell)(
            TARGET_WIDTH + (DECODER if fed else 0), DECODER)
        shapes = {"embedding.word.E": (SOURCE_WORDS, SOURCE_WIDTH),
                  "embedding.target.E": (BOUNDARY + 1, TARGET_WIDTH),
                  "bridge.0.W": (states * DECODER, states * 2 * ENCODER),
                  "bridge.0.b": (states * DECODER,),
                  "head.0.W": (BOUNDARY + 1, DECODER), "head.0.b": (BOUNDARY + 1,)}
        if attention == "additive":
            shapes |= {"attention.Wq": (KEYS, DECODER), "attention.Wm": (KEYS, 2 * ENCODER),
                       "attention.v": (KEYS,)}
        if attention == "multiplicative":
            shapes |= {"attention.W": (DECODER, 2 * ENCODER)}
        if attention != "none":
            shapes |= {"attention.combine.W": (DECODER, 2 * ENCODER + DECODER)}
        self.tensors = {name: torch.empty(shape, requires_grad=True)
                        for name, shape in shapes.items()}
        for part, name in TORCH_NAMES.items():
            self.tensors[f"decoder.0.{part}"] = getattr(self.decoder, name)
            self.tensors[f"encoder.0.forward.{part}"] = getattr(self.encoder, f"{name}_l0")
            self.tensors[f"encoder.0.backward.{part}"] = getattr(self.encoder,
                                                                 f"{name}_l0_reverse")
        for tensor in self.tensors.values():
            # Values of float32, so that both sides begin from the same numbers.
            tensor.data.uniform_(-0.8, 0.8)
            tensor.data.copy_(tensor.data.float().double())

    def encode(self, source):
        """Rows of the source, [T, 2D], and the decoder's first state."""
        words = functional.embedding(torch.tensor(source), self.tensors["embedding.word.E"])
        rows, last = self.encoder(words)
        parts = list(last) if self.cell == "lstm" else [last]
        read = torch.cat([part[side] for side in (0, 1) for part in parts])
        state = torch.tanh(functional.linear(read, self.tensors["bridge.0.W"],
                                             self.tensors["bridge.0.b"]))
        return rows, state.split(DECODER)

    def attend(self, rows, hidden):
        """The attentional state."""
        if self.attention == "none":
            return hidden
        if self.attention == "multiplicative":
            energies = rows @ (hidden @ self.tensors["attention.W"])
        else:
            energies = torch.tanh(rows @ self.tensors["attention.Wm"].T
                                  + self.tensors["attention.Wq"] @ hidden)
            energies = energies @ self.tensors["attention.v"]
        context = torch.softmax(energies, dim=0) @ rows
        return torch.tanh(self.tensors["attention.combine.W"] @ torch.cat([context, hidden]))

    def loss(self, source, target):
        """Sum over the tokens of the target and the boundary behind it."""
        rows, state = self.encode(source)
        before, scores = torch.zeros(DECODER), []
        for token in [BOUNDARY] + target:
            step = self.tensors["embedding.target.E"][token]
            step = torch.cat([step, before]) if self.fed else step
            if self.cell == "lstm":
                state = self.decoder(step, tuple(state))
            else:
                state = [self.decoder(step, state[0])]
            before = self.attend(rows, state[0])
            scores.append(functional.linear(before, self.tensors["head.0.W"],
                                            self.tensors["head.0.b"]))
        return functional.cross_entropy(torch.stack(scores), torch.tensor(target + [BOUNDARY]),
                                        reduction="sum", label_smoothing=SMOOTHING)


def written(tensor):
    """Shape and flat values to ten digits (those of parameters are float32 and need no more)."""
    values = [float(f"{value:.10g}") for value in tensor.detach().flatten().tolist()]
    return {"shape": list(tensor.shape), "values": values}


def case(cell, attention, fed):
    """One network with its loss and gradients."""
    translator = Translator(cell, attention, fed)
    loss = sum(weight * translator.loss(source, target)
               for source, target, weight in zip(SOURCES, TARGETS, WEIGHTS))
    loss.backward()
    return {"cell": cell, "attention": attention, "inputFeeding": fed, "loss": loss.item(),
            "parameters": {n: written(t) for n, t in translator.tensors.items()},
            "gradients": {n: written(t.grad) for n, t in translator.tensors.items()}}


with open(sys.argv[1], "w", encoding="utf-8") as out:
    json.dump({"source": f"torch {torch.__version__.split('+')[0]}", "smoothing": SMOOTHING,
               "hiddenSize": ENCODER, "decoderSize": DECODER, "attentionSize": KEYS,
               "targetWidth": TARGET_WIDTH, "sources": SOURCES, "targets": TARGETS,
               "weights": WEIGHTS, "cases": [case(*each) for each in CASES]}, out)
    out.write("\n")
