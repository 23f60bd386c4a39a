"""Golden values of PyTorch's adaptive softmax (Grave et al. 2017), in double precision.

    python scripts/oracles/write_softmax.py src/test/resources/softmax/adaptive.json
"""

import json
import sys

import torch

torch.manual_seed(3)
torch.set_default_dtype(torch.float64)

VOCABULARY, WIDTH, ROWS = 30, 16, 12
CUTOFFS = [5, 12]

layer = torch.nn.AdaptiveLogSoftmaxWithLoss(WIDTH, VOCABULARY, CUTOFFS, div_value=4.0)
hidden = torch.randn(ROWS, WIDTH, requires_grad=True)
targets = torch.tensor([0, 4, 5, 11, 12, 29, 3, 20, 7, 1, 15, 2])
weights = torch.linspace(0.5, 1.6, ROWS)

found = layer(hidden, targets)
loss = -(weights * found.output).sum()
loss.backward()


def rows(tensor):
    return tensor.detach().tolist()


tensors = {"head.W": layer.head.weight}
for i, tail in enumerate(layer.tail):
    tensors[f"tail.{i}.P"] = tail[0].weight
    tensors[f"tail.{i}.W"] = tail[1].weight

with open(sys.argv[1], "w", encoding="utf-8") as out:
    json.dump(
        {
            "source": f"torch {torch.__version__.split('+')[0]}, AdaptiveLogSoftmaxWithLoss",
            "cutoffs": CUTOFFS + [VOCABULARY],
            "hidden": rows(hidden),
            "targets": targets.tolist(),
            "weights": weights.tolist(),
            "loss": loss.item(),
            "logProbabilities": rows(found.output),
            "distribution": rows(layer.log_prob(hidden)),
            "hiddenGradient": rows(hidden.grad),
            "parameters": {name: rows(tensor) for name, tensor in tensors.items()},
            "gradients": {name: rows(tensor.grad) for name, tensor in tensors.items()},
        },
        out,
    )
    out.write("\n")
