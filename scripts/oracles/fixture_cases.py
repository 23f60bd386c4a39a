"""The cases of the parity fixtures: descriptions of networks and seeded batches and parameters."""

from __future__ import annotations

import dataclasses

import torch

from reference_network import encoder_names, parameter_shapes

RAGGED = (5, 1, 7, 3)
CELLS = ("srn-tanh", "srn-logistic", "lstm", "gru-reset-after", "gru-reset-before")


@dataclasses.dataclass(frozen=True)
class Case:
    """One fixture.  `runs` are optimizer settings; every case also has ten plain SGD steps."""

    name: str
    description: str
    network: dict
    lengths: tuple[int, ...] = RAGGED
    learning_rate: float = 0.5
    runs: tuple[dict, ...] = ()
    second_batch: bool = False
    initial_states: bool = False


def dense(outputs: int, activation: str = "linear", bias: bool = True) -> dict:
    """One layer of a head."""
    return {"outputs": outputs, "activation": activation, "bias": bias}


def recurrent(cell, objective, layers=1, bidirectional=False, head=None, **more) -> dict:
    """A network of the usual small sizes M = 3, D = 4, C = 3 (two outputs in a regression)."""
    network = {"cell": cell, "input": 3, "hidden": 4, "layers": layers,
               "bidirectional": bidirectional, "objective": objective}
    if objective == "classification":
        network["pooling"] = more.pop("pooling", "last")
    network["head"] = head or [dense(2 if objective == "regression" else 3)]
    return network | more


def cell_cases() -> list[Case]:
    """Every cell, alone, stacked, in both directions, and both."""
    shapes = (("single", "labelling", 1, False), ("stacked", "regression", 2, False),
              ("bidirectional", "classification", 1, True),
              ("stacked-bidirectional", "labelling", 2, True))
    return [Case(f"{cell}-{shape}",
                 f"{cell}, {layers} layer(s), {'both directions' if both else 'forward'}; "
                 f"{objective}", recurrent(cell, objective, layers, both),
                 learning_rate=0.1 if objective == "regression" else 0.5)
            for cell in CELLS for shape, objective, layers, both in shapes]


def head_cases() -> list[Case]:
    """Heads, pooling, class weights and the fully connected recurrent network."""
    mlp = [dense(5, "tanh"), dense(3)]
    weights = [0.5, 2.0, 1.25]
    return [
        Case("classification-last-linear", "LSTM, last state, linear head",
             recurrent("lstm", "classification")),
        Case("classification-mean-linear", "LSTM, mean of the states, linear head",
             recurrent("lstm", "classification", pooling="mean")),
        Case("classification-last-mlp", "GRU, last state, head with a tanh layer",
             recurrent("gru-reset-after", "classification", head=mlp)),
        Case("classification-mean-mlp", "LSTM in both directions, mean of the states, MLP head",
             recurrent("lstm", "classification", 1, True, mlp, pooling="mean")),
        Case("classification-last-stacked-bidirectional",
             "LSTM, two layers in both directions, last states of the upper layer",
             recurrent("lstm", "classification", 2, True)),
        Case("classification-class-weights", "LSTM, last state, a weight a class",
             recurrent("lstm", "classification", classWeights=weights)),
        Case("labelling-class-weights", "LSTM, labels at every step, a weight a class",
             recurrent("lstm", "labelling", classWeights=weights)),
        Case("labelling-mlp", "SRN in both directions, labels at every step, MLP head",
             recurrent("srn-tanh", "labelling", 1, True, mlp)),
        Case("regression-lstm", "LSTM, two values at every step",
             recurrent("lstm", "regression"), learning_rate=0.1),
        Case("fully-connected-tanh",
             "Fully connected recurrent network y_t = V h_t: tanh SRN, linear output, no bias",
             recurrent("srn-tanh", "regression", head=[dense(2, bias=False)]),
             learning_rate=0.1),
        Case("fully-connected-logistic",
             "Fully connected recurrent network y_t = V h_t: logistic SRN, linear output, no bias",
             recurrent("srn-logistic", "regression", head=[dense(2, bias=False)]),
             learning_rate=0.1),
        Case("initial-states-lstm", "LSTM, two layers, from given h and c; last state classified",
             recurrent("lstm", "classification", 2), initial_states=True),
        Case("initial-states-gru", "GRU in both directions from given h; last state classified",
             recurrent("gru-reset-after", "classification", 1, True), initial_states=True),
        Case("larger-lstm-labelling", "LSTM, M 5, D 16, C 6, nine sequences of up to 20 steps",
             recurrent("lstm", "labelling", head=[dense(6)]) | {"input": 5, "hidden": 16},
             lengths=(12, 1, 20, 7, 20, 3, 16, 2, 9)),
    ]


def embedding_network() -> dict:
    """Words and suffixes side by side into an LSTM."""
    return recurrent("lstm", "labelling") | {
        "input": 5, "embeddings": [{"column": "word", "vocabulary": 9, "width": 3},
                                   {"column": "suffix", "vocabulary": 5, "width": 2}]}


def optimizer_cases() -> list[Case]:
    """Embeddings, and ten steps of every optimizer."""
    adam = {"learningRate": 0.05, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}
    momentum = {"learningRate": 0.2, "momentum": 0.9}
    return [
        Case("embedding-lstm-labelling", "Two id columns, embedded and concatenated, into an LSTM",
             embedding_network()),
        Case("optimizers-lstm-labelling", "Ten steps of each optimizer on one batch",
             recurrent("lstm", "labelling"), runs=(
                 {"optimizer": "sgd", "learningRate": 0.5},
                 {"optimizer": "sgd", "learningRate": 0.5, "weightDecay": 0.1},
                 {"optimizer": "momentum"} | momentum,
                 {"optimizer": "momentum", "weightDecay": 0.01} | momentum,
                 {"optimizer": "adam"} | adam,
                 {"optimizer": "adam", "weightDecay": 0.01} | adam,
                 {"optimizer": "sgd", "learningRate": 2.0, "maxGradientNorm": 0.1},
                 {"optimizer": "adam", "maxGradientNorm": 0.15} | adam)),
        Case("optimizers-embedding",
             "Ten steps on two batches in turn, of unlike ids: lazy Adam for the embeddings beside "
             "Adam for the rest, Adam for all, and momentum for all",
             embedding_network(), second_batch=True, runs=(
                 {"optimizer": "sparse-adam"} | adam, {"optimizer": "adam"} | adam,
                 {"optimizer": "momentum", "learningRate": 0.05, "momentum": 0.9})),
    ]


def all_cases() -> list[Case]:
    """Every fixture."""
    return cell_cases() + head_cases() + optimizer_cases()


class Draws:
    """Seeded numbers of three decimals, so that fixtures stay small and exact to read."""

    def __init__(self, seed: int):
        self.generator = torch.Generator().manual_seed(seed)

    def values(self, shape, bound: float) -> torch.Tensor:
        """float32, uniform in [-bound, bound], rounded to three decimals."""
        uniform = torch.rand(list(shape), generator=self.generator, dtype=torch.float64)
        return ((uniform * 2 - 1) * bound * 1000).round().div(1000).to(torch.float32)

    def integers(self, count: int, low: int, high: int) -> list[int]:
        """`count` integers in [low, high)."""
        return torch.randint(low, high, (count,), generator=self.generator).tolist()

    def parameters(self, network: dict) -> dict[str, torch.Tensor]:
        """Values for every parameter; wide enough to bend the activations."""
        return {name: self.values(shape, 1.0 if name.startswith("embedding") else 0.7)
                for name, shape in parameter_shapes(network).items()}

    def batch(self, network: dict, lengths, ids_from=0.0, ids_to=1.0) -> dict:
        """Inputs or ids, and targets.  Ids lie in the given part of each vocabulary."""
        batch = {"lengths": list(lengths)}
        if "embeddings" in network:
            batch["ids"] = {
                e["column"]: [self.integers(n, int(ids_from * e["vocabulary"]),
                                            int(ids_to * e["vocabulary"])) for n in lengths]
                for e in network["embeddings"]}
        else:
            batch["inputs"] = [self.values((n, network["input"]), 1.5) for n in lengths]
        outputs = network["head"][-1]["outputs"]
        if network["objective"] == "regression":
            batch["targets"] = [self.values((n, outputs), 1.0) for n in lengths]
        elif network["objective"] == "labelling":
            batch["targets"] = [self.integers(n, 0, outputs) for n in lengths]
        else:
            batch["targets"] = self.integers(len(lengths), 0, outputs)
        return batch

    def initial_states(self, network: dict, sequences: int):
        """(h, c), each [layers·directions, B, D]; c is zero where the cell has none."""
        shape = (len(encoder_names(network)), sequences, network["hidden"])
        return self.values(shape, 0.8), self.values(shape, 0.8 if network["cell"] == "lstm" else 0)
