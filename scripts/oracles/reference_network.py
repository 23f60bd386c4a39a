"""A recurrent network in PyTorch under the parameter names of spark-rnn.

Letters: T time steps, B sequences, M input size, D hidden size, G gates, C outputs of the head.

Encoder: PyTorch's own nn.RNN, nn.LSTM and nn.GRU over packed sequences where PyTorch has the cell;
an unroller written out in tensor operations, one sequence at a time, where it has not (logistic
SRN; GRU with the reset before the product, Cho et al. 2014).  The same unroller also knows the
cells that PyTorch has, so that `write_fixtures.py` can hold the two against each other.
"""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional
from torch.nn.utils.rnn import pack_sequence, unpack_sequence

GATES = {"srn-tanh": 1, "srn-logistic": 1, "lstm": 4, "gru-reset-after": 3, "gru-reset-before": 3}
TORCH_MODULES = {"srn-tanh": nn.RNN, "lstm": nn.LSTM, "gru-reset-after": nn.GRU}
TORCH_NAMES = {"W": "weight_ih", "U": "weight_hh", "b": "bias_ih", "bU": "bias_hh"}


def directions(network: dict) -> list[str]:
    """Suffixes of the encoder's names, one a direction: [""] or [".forward", ".backward"]."""
    return [".forward", ".backward"] if network["bidirectional"] else [""]


def encoder_names(network: dict) -> list[str]:
    """One name a layer and direction, in the order of PyTorch's h_n."""
    return [f"encoder.{layer}{side}" for layer in range(network["layers"])
            for side in directions(network)]


def parameter_shapes(network: dict) -> dict[str, list[int]]:
    """Every parameter's name and shape, in the order: embeddings, encoder, head."""
    shapes = {f"embedding.{e['column']}.E": [e["vocabulary"], e["width"]]
              for e in network.get("embeddings", [])}
    hidden, gates = network["hidden"], GATES[network["cell"]]
    sides = len(directions(network))
    for name in encoder_names(network):
        size = network["input"] if name.startswith("encoder.0") else sides * hidden
        shapes |= {f"{name}.W": [gates * hidden, size], f"{name}.U": [gates * hidden, hidden],
                   f"{name}.b": [gates * hidden], f"{name}.bU": [gates * hidden]}
    size = sides * hidden
    for k, layer in enumerate(network["head"]):
        shapes[f"head.{k}.W"] = [layer["outputs"], size]
        if layer["bias"]:
            shapes[f"head.{k}.b"] = [layer["outputs"]]
        size = layer["outputs"]
    return shapes


def cell_step(cell: str, wx, h, c, u, b_u):
    """One step of one sequence.  wx = W x + b, [G·D]; h, c: [D].  Returns the new h and c."""
    if cell == "gru-reset-before":
        d = h.shape[0]
        u_h = u[:2 * d] @ h + b_u[:2 * d]
        r, z = torch.sigmoid(wx[:d] + u_h[:d]), torch.sigmoid(wx[d:2 * d] + u_h[d:])
        n = torch.tanh(wx[2 * d:] + u[2 * d:] @ (r * h) + b_u[2 * d:])
        return (1 - z) * n + z * h, c
    u_h = u @ h + b_u
    if cell == "srn-tanh":
        return torch.tanh(wx + u_h), c
    if cell == "srn-logistic":
        return torch.sigmoid(wx + u_h), c
    if cell == "gru-reset-after":
        (x_r, x_z, x_n), (u_r, u_z, u_n) = wx.chunk(3), u_h.chunk(3)
        r, z = torch.sigmoid(x_r + u_r), torch.sigmoid(x_z + u_z)
        n = torch.tanh(x_n + r * u_n)
        return (1 - z) * n + z * h, c
    i, f, g, o = (wx + u_h).chunk(4)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c


class WrittenOutEncoder:
    """The unroller in tensor operations: no batch, no packing, no padding."""

    def __init__(self, network: dict, values: dict[str, torch.Tensor]):
        self.network = network
        self.parameters = {name: value.clone().requires_grad_()
                           for name, value in values.items() if name.startswith("encoder.")}

    def __call__(self, inputs, initial):
        """inputs: per sequence [T, M]; initial: (h, c), each [layers·directions, B, D]."""
        names, h_last, c_last = encoder_names(self.network), [], []
        sides = len(directions(self.network))
        for layer in range(self.network["layers"]):
            outputs = []
            for k in range(layer * sides, (layer + 1) * sides):
                runs = [self._run(names[k], x, initial[0][k, s], initial[1][k, s])
                        for s, x in enumerate(inputs)]
                outputs.append([run[0] for run in runs])
                h_last.append(torch.stack([run[1] for run in runs]))
                c_last.append(torch.stack([run[2] for run in runs]))
            inputs = [torch.cat(parts, dim=1) for parts in zip(*outputs)]
        return inputs, torch.stack(h_last), torch.stack(c_last)

    def _run(self, name, x, h, c):
        w, u, b, b_u = (self.parameters[f"{name}.{part}"] for part in ("W", "U", "b", "bU"))
        backward = name.endswith(".backward")
        rows = list(x @ w.T + b)
        states = []
        for wx in reversed(rows) if backward else rows:
            h, c = cell_step(self.network["cell"], wx, h, c, u, b_u)
            states.append(h)
        return torch.stack(states[::-1] if backward else states), h, c


class TorchEncoder:
    """PyTorch's own module over a packed batch."""

    def __init__(self, network: dict, values: dict[str, torch.Tensor]):
        self.cell = network["cell"]
        self.module = TORCH_MODULES[self.cell](
            network["input"], network["hidden"], num_layers=network["layers"],
            bidirectional=network["bidirectional"], dtype=next(iter(values.values())).dtype)
        self.parameters = {}
        for name in encoder_names(network):
            for part, torch_name in TORCH_NAMES.items():
                side = "_reverse" if name.endswith(".backward") else ""
                leaf = getattr(self.module, f"{torch_name}_l{name.split('.')[1]}{side}")
                leaf.data.copy_(values[f"{name}.{part}"])
                self.parameters[f"{name}.{part}"] = leaf

    def __call__(self, inputs, initial):
        packed = pack_sequence(inputs, enforce_sorted=False)
        if self.cell == "lstm":
            outputs, (h_last, c_last) = self.module(packed, initial)
        else:
            outputs, h_last = self.module(packed, initial[0])
            c_last = torch.zeros_like(h_last)
        return unpack_sequence(outputs), h_last, c_last


class ReferenceNetwork:
    """Embeddings, encoder, head and loss of one description (see the fixtures' README)."""

    def __init__(self, network: dict, values: dict[str, torch.Tensor], written_out=False,
                 sparse=False):
        self.network, self.sparse = network, sparse
        self.dtype = next(iter(values.values())).dtype
        by_hand = written_out or network["cell"] not in TORCH_MODULES
        self.encoder = (WrittenOutEncoder if by_hand else TorchEncoder)(network, values)
        self.parameters = {
            name: self.encoder.parameters[name] if name.startswith("encoder.")
            else value.clone().requires_grad_() for name, value in values.items()}

    def embed(self, batch: dict) -> list[torch.Tensor]:
        """Per sequence [T, sum of the widths]: the columns' vectors side by side, in order."""
        columns = []
        for column in self.network["embeddings"]:
            ids = torch.tensor(sum(batch["ids"][column["column"]], []))
            weight = self.parameters[f"embedding.{column['column']}.E"]
            columns.append(functional.embedding(ids, weight, sparse=self.sparse))
        return list(torch.cat(columns, dim=1).split(batch["lengths"]))

    def forward(self, batch: dict, inputs=None, initial=None):
        """Returns the head's outputs ([B, C], or [all steps, C] in the batch's order), h_n, c_n."""
        if inputs is None:
            inputs = (self.embed(batch) if "ids" in batch
                      else [x.to(self.dtype) for x in batch["inputs"]])
        if initial is None:
            shape = (len(encoder_names(self.network)), len(inputs), self.network["hidden"])
            initial = (torch.zeros(shape, dtype=self.dtype), torch.zeros(shape, dtype=self.dtype))
        states, h_last, c_last = self.encoder(inputs, initial)
        if self.network["objective"] != "classification":
            value = torch.cat(states)
        elif self.network["pooling"] == "last":
            value = torch.cat(list(h_last[-len(directions(self.network)):]), dim=1)
        else:
            value = torch.stack([rows.mean(dim=0) for rows in states])
        for k, layer in enumerate(self.network["head"]):
            value = functional.linear(
                value, self.parameters[f"head.{k}.W"], self.parameters.get(f"head.{k}.b"))
            value = torch.tanh(value) if layer["activation"] == "tanh" else value
        return value, h_last, c_last

    def loss(self, outputs: torch.Tensor, batch: dict):
        """Returns the sum of the losses, the weight it is divided by, and the mean."""
        targets = batch["targets"]
        if self.network["objective"] == "regression":
            flat = torch.cat(targets).to(self.dtype)
            total = ((outputs - flat) ** 2).sum()
            return total, float(len(flat)), total / len(flat)
        labelling = self.network["objective"] == "labelling"
        flat = torch.tensor(sum(targets, []) if labelling else targets)
        weights = self.network.get("classWeights")
        weights = None if weights is None else torch.tensor(weights, dtype=self.dtype)
        total = functional.cross_entropy(outputs, flat, weight=weights, reduction="sum")
        mean = functional.cross_entropy(outputs, flat, weight=weights, reduction="mean")
        weight = float(len(flat)) if weights is None else float(weights[flat].sum())
        return total, weight, mean
