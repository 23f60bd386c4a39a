"""Trains one workload with PyTorch whenever it is told to, for the training benchmark.

    python pytorch_training.py THREADS cell=lstm bidirectional=false batch=64 shortest=64 longest=64 \
        inputs=128 hidden=256 classes=50 vocabulary=0 order=random precision=float32

Says `ready PARAMETERS DESCRIPTION` after its warm-up; for each line `run SECONDS` it trains about so
long and says `TIME_STEPS SECONDS`; ends with its input. Where a workload can be written in several
ways they are tried first and the fastest one is kept.
"""

import sys
import time

import torch
from torch import nn
from torch.nn.utils.rnn import PackedSequence, pack_padded_sequence

POOL_BYTES = 256 << 20
POOL_BATCHES = 128
BATCHES_A_BUCKET = 32  # as many as our own batcher sorts at a time
WARM_UP_SECONDS = 3.0
TRIAL_SECONDS = 2.0


class Workload:
    def __init__(self, words):
        given = dict(word.split("=", 1) for word in words)
        self.cell = given["cell"]
        self.bidirectional = given["bidirectional"] == "true"
        self.batch, self.shortest, self.longest = (int(given[k]) for k in ("batch", "shortest", "longest"))
        self.inputs, self.hidden = int(given["inputs"]), int(given["hidden"])
        self.classes, self.vocabulary = int(given["classes"]), int(given["vocabulary"])
        self.bucketed = given["order"] == "bucketed"
        self.bf16 = given["precision"] == "bf16"
        self.ragged = self.shortest < self.longest

    def variants(self):
        """Ways of writing it: (layout, whether gradients of the embedding are sparse)."""
        layouts = ["full"]
        if self.ragged:
            layouts = ["packed", "padded"] if self.bucketed else ["packed"]
        return [(layout, sparse) for layout in layouts
                for sparse in ([False, True] if self.vocabulary else [False])]


class Network(nn.Module):
    def __init__(self, workload, sparse):
        super().__init__()
        w = workload
        self.embedding = nn.Embedding(w.vocabulary, w.inputs, sparse=sparse) if w.vocabulary else nn.Identity()
        kind = {"lstm": nn.LSTM, "gru": nn.GRU, "srn": nn.RNN}[w.cell]
        self.recurrent = kind(w.inputs, w.hidden, bidirectional=w.bidirectional)
        self.head = nn.Linear(w.hidden * (2 if w.bidirectional else 1), w.classes)

    def forward(self, x):
        if isinstance(x, PackedSequence):
            states, _ = self.recurrent(PackedSequence(self.embedding(x.data), *x[1:]))
            return self.head(states.data)
        states, _ = self.recurrent(self.embedding(x))
        return self.head(states.flatten(0, 1))


class Training:
    def __init__(self, workload, layout, sparse, batches):
        self.workload, self.layout, self.sparse, self.batches = workload, layout, sparse, batches
        torch.manual_seed(1)
        self.network = Network(workload, sparse)
        self.optimizer = torch.optim.SGD(self.network.parameters(), lr=0.01)
        self.loss = nn.CrossEntropyLoss()
        self.turn = 0

    def mini_batch(self):
        x, target, lengths, steps = self.batches[self.turn % len(self.batches)]
        self.turn += 1
        if self.layout == "packed":  # sorting by length is part of it
            x = pack_padded_sequence(x, lengths, enforce_sorted=False)
            target = pack_padded_sequence(target, lengths, enforce_sorted=False).data
        else:
            target = target.flatten()
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.workload.bf16):
            loss = self.loss(self.network(x), target)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        self.optimizer.step()
        return steps

    def run(self, seconds):
        steps = 0
        began = time.perf_counter()
        while True:
            steps += self.mini_batch()
            spent = time.perf_counter() - began
            if spent >= seconds:
                return steps, spent

    def speed(self, seconds):
        self.mini_batch()
        steps, spent = self.run(seconds)
        return steps / spent


def make_batches(w):
    """Random mini-batches, time first, padded to their longest sequence; padding has the target -100."""
    width = w.inputs if not w.vocabulary else 2
    count = max(2, min(POOL_BATCHES, POOL_BYTES // (4 * w.batch * w.longest * width)))
    lengths = torch.randint(w.shortest, w.longest + 1, (count * w.batch,))
    if w.bucketed:
        lengths = torch.cat([part.sort(descending=True).values for part in lengths.split(BATCHES_A_BUCKET * w.batch)])
    made = []
    for own in lengths.split(w.batch):
        steps = int(own.max())
        if w.vocabulary:
            x = torch.randint(w.vocabulary, (steps, w.batch))
        else:
            x = torch.rand(steps, w.batch, w.inputs) - 0.5
        target = torch.randint(w.classes, (steps, w.batch))
        target[torch.arange(steps)[:, None] >= own[None, :]] = -100
        made.append((x, target, own, int(own.sum())))
    order = torch.randperm(len(made)).tolist()
    return [made[i] for i in order]


def main():
    threads, workload = int(sys.argv[1]), Workload(sys.argv[2:])
    torch.set_num_threads(threads)
    torch.manual_seed(2)
    batches = make_batches(workload)
    trials = [Training(workload, *variant, batches) for variant in workload.variants()]
    if len(trials) == 1:
        best = trials[0]
    else:
        best = max(trials, key=lambda training: training.speed(TRIAL_SECONDS))
    best.run(WARM_UP_SECONDS)
    count = sum(p.numel() for p in best.network.parameters())
    how = best.layout + (", bucketed" if workload.bucketed else "") + (", sparse gradients" if best.sparse else "")
    print(f"ready {count} PyTorch {torch.__version__}, {how}", flush=True)
    for line in sys.stdin:
        steps, seconds = best.run(float(line.split()[1]))
        print(steps, seconds, flush=True)


if __name__ == "__main__":
    main()
