#!/usr/bin/env python3
"""Writes src/test/resources/metric/sacrebleu.json: BLEU of drawn outputs and the tokens of texts by sacreBLEU.

Needs sacrebleu 2.6.0. Run in the project's folder; the same bytes are written each time.
"""
import json
import random
from pathlib import Path

import sacrebleu
from sacrebleu.tokenizers.tokenizer_13a import Tokenizer13a

WORDS = "the cat sat on a mat dog ran".split()
TEXTS = [
    "Hello, world!", "It's 3.5% of 1,000 &amp; more.", "U.S. well-known 5-year-old",
    '"Quoted" (text) [a] {b} a/b c:d e;f', "&lt;skipped&gt; <skipped> end.", "a.b,c 1.2,3 .5 5. 7-8 x-y",
    "Grüße, naïve café… – dash", "He said: &quot;no&quot;?", "tab\there", "", "  spaces   between  ",
]
# The example of sacreBLEU's README.
EXAMPLE_OUTPUTS = ["The dog bit the man.", "It wasn't surprising.", "The man had just bitten him."]
EXAMPLE_REFERENCES = [
    ["The dog bit the man.", "It was not unexpected.", "The man bit him first."],
    ["The dog had bit the man.", "No one was surprised.", "The man had bitten the dog."],
]


def noise(draw, tokens):
    tokens = [draw.choice(WORDS) if draw.random() < 0.2 else token for token in tokens]
    if tokens and draw.random() < 0.3:
        tokens.pop(draw.randrange(len(tokens)))
    return tokens


def case(draw, name, sentences, references, shortest, longest):
    outputs, known = [], []
    for _ in range(sentences):
        meant = [draw.choice(WORDS) for _ in range(draw.randint(shortest, longest))]
        output = noise(draw, meant)
        outputs.append(output[: max(1, len(output) - 3)] if name == "brevity" else output)
        known.append([noise(draw, meant) for _ in range(references)])
    return scored(name, outputs, known)


def scored(name, outputs, known):
    streams = [[" ".join(own[r]) for own in known] for r in range(len(known[0]))]
    bleu = sacrebleu.corpus_bleu([" ".join(output) for output in outputs], streams, tokenize="none")
    return {"name": name, "outputs": outputs, "references": known, "bleu": bleu.score}


def main():
    draw = random.Random(4)
    cases = [
        case(draw, "one reference", 20, 1, 4, 12),
        case(draw, "three references", 20, 3, 4, 12),
        case(draw, "short outputs", 15, 1, 1, 4),
        case(draw, "few outputs", 6, 2, 2, 5),
        case(draw, "brevity", 10, 1, 8, 14),
        scored("nothing right", [list("xyzwv")], [[list("abcde")]]),
    ]
    tokenizer = Tokenizer13a()
    golden = {
        "source": f"sacreBLEU {sacrebleu.__version__}, tokenize=none, and its Tokenizer13a",
        "cases": cases,
        "texts": [{"text": text, "tokens": tokenizer(text).split()} for text in TEXTS],
        "example": {
            "outputs": EXAMPLE_OUTPUTS,
            "references": [list(own) for own in zip(*EXAMPLE_REFERENCES)],
            "bleu": sacrebleu.corpus_bleu(EXAMPLE_OUTPUTS, EXAMPLE_REFERENCES).score,
        },
    }
    path = Path("src/test/resources/metric/sacrebleu.json")
    path.write_text(json.dumps(golden, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
