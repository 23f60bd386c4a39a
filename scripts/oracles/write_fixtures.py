#!/usr/bin/env python3
"""Writes the PyTorch parity fixtures: one JSON file a case under src/test/resources/fixtures.

    python3 -m venv VENV && VENV/bin/pip install -r scripts/oracles/requirements.txt
    VENV/bin/python scripts/oracles/write_fixtures.py            # writes
    VENV/bin/python scripts/oracles/write_fixtures.py --check    # writes nothing, compares bytes

Everything is seeded and runs in float32 on one thread; run twice, it writes the same bytes.  Before
a case is written it is held against itself in float64, and, where the encoder is PyTorch's own,
against an unroller written out in tensor operations.  The fields are described in the fixtures'
README.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import sys
import zlib

import numpy
import torch

from fixture_cases import Case, Draws, all_cases
from reference_network import ReferenceNetwork, encoder_names

FIXTURES = pathlib.Path(__file__).resolve().parents[2] / "src/test/resources/fixtures"
STEPS = 10
#: Largest difference allowed between float32 and float64: outputs and gradients; ten steps.
TOLERANCE = 2e-6
TRAINING_TOLERANCE = 2e-5


def number(value) -> float:
    """The shortest decimal (at most 9 digits) that reads back, through double, as this float32."""
    single = numpy.float32(value)
    short = float(str(single))
    if numpy.float32(short) != single:
        raise ValueError(f"{value!r} does not survive nine digits")
    return short


def plain(value):
    """Tensors as nested lists of short numbers; everything else as it is."""
    if isinstance(value, torch.Tensor):
        return plain(value.detach().tolist())
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(entry) for entry in value]
    return number(value) if isinstance(value, float) else value


def named(tensors: dict[str, torch.Tensor]) -> dict:
    """{name: {"shape", "values"}}, values flat and row-major."""
    return {name: {"shape": list(tensor.shape), "values": plain(tensor.reshape(-1))}
            for name, tensor in tensors.items()}


def named_states(network: dict, h: torch.Tensor, c: torch.Tensor) -> list[dict]:
    """Per layer and direction its name, h [B, D], and c [B, D] for the LSTM."""
    lstm = network["cell"] == "lstm"
    return [{"name": name, "h": plain(h[k])} | ({"c": plain(c[k])} if lstm else {})
            for k, name in enumerate(encoder_names(network))]


def traverse(case: Case, values, batch, initial, dtype, written_out=False) -> dict:
    """One forward and one backward pass of the mean loss, in the given precision."""
    model = ReferenceNetwork(case.network, {n: v.to(dtype) for n, v in values.items()}, written_out)
    inputs = None
    if "inputs" in batch:
        inputs = [x.to(dtype).clone().requires_grad_() for x in batch["inputs"]]
    if initial is not None:
        initial = tuple(state.to(dtype).clone().requires_grad_() for state in initial)
    outputs, h, c = model.forward(batch, inputs, initial)
    total, weight, mean = model.loss(outputs, batch)
    mean.backward()
    return {"outputs": outputs.detach(), "h": h.detach(), "c": c.detach(), "sum": total.item(),
            "weight": weight, "mean": mean.item(),
            "gradients": {n: p.grad for n, p in model.parameters.items()},
            "inputGradients": None if inputs is None else [x.grad for x in inputs],
            "initialGradients": None if initial is None else [
                torch.zeros_like(s) if s.grad is None else s.grad for s in initial]}


def distance(one: dict, other: dict) -> float:
    """Largest absolute difference of outputs, last states, gradients and mean loss."""
    pairs = [(one[key], other[key]) for key in ("outputs", "h", "c")]
    pairs += [(one["gradients"][n], other["gradients"][n]) for n in one["gradients"]]
    for key in ("inputGradients", "initialGradients"):
        pairs += [] if one[key] is None else list(zip(one[key], other[key]))
    largest = max((a.double() - b.double()).abs().max().item() for a, b in pairs)
    return max(largest, abs(one["mean"] - other["mean"]))


def optimizers(run: dict, parameters: dict[str, torch.Tensor]) -> list[torch.optim.Optimizer]:
    """PyTorch's optimizers for one run; lazy Adam has the embeddings, Adam the rest."""
    decay, rate = run.get("weightDecay", 0.0), run["learningRate"]
    if run["optimizer"] in ("sgd", "momentum"):
        return [torch.optim.SGD(parameters.values(), lr=rate, weight_decay=decay, foreach=False,
                                momentum=run.get("momentum", 0.0))]
    same = {"lr": rate, "betas": (run["beta1"], run["beta2"]), "eps": run["epsilon"]}
    if run["optimizer"] == "adam":
        return [torch.optim.Adam(parameters.values(), weight_decay=decay, foreach=False, **same)]
    lazy = [p for name, p in parameters.items() if name.startswith("embedding.")]
    rest = [p for name, p in parameters.items() if not name.startswith("embedding.")]
    return [torch.optim.SparseAdam(lazy, **same), torch.optim.Adam(rest, foreach=False, **same)]


def train(case: Case, values, batches, run: dict):
    """Ten steps, over the batches in turn: the model, losses before each step, norms, last loss."""
    model = ReferenceNetwork(case.network, values, sparse=run["optimizer"] == "sparse-adam")
    steppers = optimizers(run, model.parameters)
    losses, norms = [], []
    for step in range(STEPS):
        batch = batches[step % len(batches)]
        for stepper in steppers:
            stepper.zero_grad()
        mean = model.loss(model.forward(batch)[0], batch)[2]
        mean.backward()
        losses.append(mean.item())
        if "maxGradientNorm" in run:
            norms.append(torch.nn.utils.clip_grad_norm_(
                model.parameters.values(), run["maxGradientNorm"], foreach=False).item())
        for stepper in steppers:
            stepper.step()
    after = model.loss(model.forward(batches[0])[0], batches[0])[2].item()
    return model.parameters, losses, norms, after


def trained(case: Case, values, batches, run: dict) -> dict:
    """The record of one run, after holding it against the same run in float64."""
    parameters, losses, norms, after = train(case, values, batches, run)
    double = train(case, {n: v.double() for n, v in values.items()}, batches, run)
    off = max(max(abs(a - b) for a, b in zip(losses, double[1])),
              max((p.double() - double[0][n]).abs().max().item() for n, p in parameters.items()))
    if off > TRAINING_TOLERANCE:
        raise ValueError(f"{case.name}: {run}: float32 off by {off} after {STEPS} steps")
    if not after < losses[0]:
        raise ValueError(f"{case.name}: {run} does not learn: {losses[0]} to {after}")
    if norms and not min(norms) < run["maxGradientNorm"] < max(norms):
        raise ValueError(f"{case.name}: {run} clips all or none of the norms {norms}")
    result = run | {"losses": plain(losses), "lossAfter": number(after)}
    result |= {"gradientNorms": plain(norms)} if norms else {}
    return result | {"parametersAfter": named(parameters)}


def split_like(batch: dict, network: dict, outputs: torch.Tensor):
    """[B, C] as it is; [all steps, C] as a list a sequence."""
    return outputs if network["objective"] == "classification" else outputs.split(batch["lengths"])


def checked_traversal(case: Case, values, batch, initial) -> tuple[dict, float]:
    """The float32 traversal, held against float64 and against the written-out unroller."""
    single = traverse(case, values, batch, initial, torch.float32)
    double = traverse(case, values, batch, initial, torch.float64)
    written = traverse(case, values, batch, initial, torch.float64, written_out=True)
    off = distance(single, double)
    if off > TOLERANCE or distance(double, written) > 1e-13:
        raise ValueError(f"{case.name}: float32 off by {off}, "
                         f"written out by {distance(double, written)}")
    return single | {"loss64": {key: double[key] for key in ("sum", "mean")}}, off


def expected(case: Case, batch, found: dict) -> dict:
    """What one traversal yields, as the fields of a fixture."""
    network, outputs = case.network, found["outputs"]
    content = {"outputs": plain(split_like(batch, network, outputs))}
    if network["objective"] != "regression":
        probabilities = torch.softmax(outputs, dim=1)
        content["probabilities"] = plain(split_like(batch, network, probabilities))
    content |= {"finalStates": named_states(network, found["h"], found["c"]),
                "loss": {key: number(found[key]) for key in ("sum", "weight", "mean")},
                "loss64": found["loss64"], "gradients": named(found["gradients"])}
    if found["inputGradients"] is not None:
        content["inputGradients"] = plain(found["inputGradients"])
    if found["initialGradients"] is not None:
        content["initialStateGradients"] = named_states(network, *found["initialGradients"])
    return content


def training(case: Case, values, batches) -> dict:
    """The fields of the ten steps; none where the case starts from given states."""
    content = {}
    if case.initial_states:
        return content
    if not case.second_batch:
        run = trained(case, values, batches,
                      {"optimizer": "sgd", "learningRate": case.learning_rate})
        content["sgd"] = {key: run[key] for key in ("learningRate", "losses", "lossAfter")}
    if case.runs:
        content["runs"] = [trained(case, values, batches, run) for run in case.runs]
    return content


def fixture(case: Case) -> tuple[dict, float]:
    """The content of one file, and how far its float32 lies from float64."""
    network, seed = case.network, zlib.crc32(case.name.encode())
    draws = Draws(seed)
    values = draws.parameters(network)
    part = {"ids_to": 0.7} if case.second_batch else {}
    batches = [draws.batch(network, case.lengths, **part)]
    if case.second_batch:
        batches.append(draws.batch(network, (4, 2, 6), ids_from=0.4))
    initial = draws.initial_states(network, len(case.lengths)) if case.initial_states else None
    found, off = checked_traversal(case, values, batches[0], initial)
    content = {"name": case.name, "description": case.description, "seed": seed,
               "torch": torch.__version__.split("+")[0], "network": network,
               "parameters": named(values), "batch": plain(batches[0])}
    if case.second_batch:
        content["secondBatch"] = plain(batches[1])
    if initial is not None:
        content["initialStates"] = named_states(network, *initial)
    return content | expected(case, batches[0], found) | training(case, values, batches), off


def main() -> int:
    """Writes every case, or compares it with what is there."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--output", type=pathlib.Path, default=FIXTURES)
    arguments.add_argument("--check", action="store_true", help="compare, write nothing")
    options = arguments.parse_args()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    torch.backends.mkldnn.enabled = False
    differing, size, furthest = [], 0, 0.0
    for case in all_cases():
        content, off = fixture(case)
        text = json.dumps(content, separators=(",", ":"), allow_nan=False) + "\n"
        path = options.output / f"{case.name}.json"
        if options.check:
            if not path.is_file() or path.read_text(encoding="utf-8") != text:
                differing.append(path.name)
        else:
            options.output.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        size, furthest = size + len(text), max(furthest, off)
    print(f"{len(all_cases())} fixtures, {size} bytes; float32 off float64 by at most "
          f"{furthest:.2g}")
    if differing:
        print("these differ from what this script writes: " + ", ".join(differing), file=sys.stderr)
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
