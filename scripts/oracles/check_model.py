#!/usr/bin/env python3
"""Opens the parameters of a model folder with no code of spark-rnn.

    VENV/bin/python scripts/oracles/check_model.py MODEL_FOLDER

Reads MODEL_FOLDER/parameters.safetensors with the `safetensors` package and prints each tensor's
name, type, shape and root mean square, then the count of parameters and the file's own metadata.
Ends with 1 where a tensor holds a number that is not finite, 65 where the file cannot be read.
"""

from __future__ import annotations

import pathlib
import sys

import numpy
from safetensors import SafetensorError, safe_open


def listing(path: pathlib.Path) -> int:
    """Prints the tensors of one safetensors file; returns how many are not finite throughout."""
    count, broken = 0, 0
    with safe_open(str(path), framework="numpy") as tensors:
        for name in sorted(tensors.keys()):
            tensor = tensors.get_tensor(name)
            root_mean_square = float(numpy.sqrt(numpy.mean(numpy.square(tensor, dtype=float))))
            finite = bool(numpy.isfinite(tensor).all())
            print(f"{name}\t{tensor.dtype}\t{list(tensor.shape)}\trms {root_mean_square:.6g}"
                  f"{'' if finite else '  NOT FINITE'}")
            count, broken = count + tensor.size, broken + (not finite)
        print(f"{count} parameters; metadata {tensors.metadata() or {}}")
    return broken


def main() -> int:
    """Checks the one argument and lists the file it names."""
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 64
    path = pathlib.Path(sys.argv[1]) / "parameters.safetensors"
    try:
        return 1 if listing(path) else 0
    except (OSError, SafetensorError) as failure:
        print(f"{path}: expected a safetensors file of parameters, found: {failure}",
              file=sys.stderr)
        return 65


if __name__ == "__main__":
    sys.exit(main())
