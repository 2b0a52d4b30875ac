"""Fits the weights of the families and writes them into src/tokens/family-weights.ts.

fit.py PASSAGES COUNTS FEATURES

PASSAGES: {"kind", "half", "text", "weight"?} as JSON lines, of which those with half 0 are fitted and the others held out;
COUNTS is what count.py writes of them, FEATURES what features.ts writes.
"""

import json
import re
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from scipy.optimize import nnls

FAMILIES = ["claude", "claude-4.7", "claude-2", "gemini", "llama", "llama-4", "mistral", "mistral-32k", "qwen", "deepseek"]
OVER_CL100K = {"llama", "qwen"}
# A feature that no passage shows costs about what it costs in the encoding, times what the family is above it.
LEVEL = {"claude": 1.15, "claude-4.7": 1.4, "gemini": 1.05, "mistral-32k": 1.15}
PULL = 0.1
# On ASCII, Llama 3 and Qwen count as cl100k does, but for digits.
PULL_OF_CL100K = 60
DIGIT_BY_DIGIT = {"qwen": {"digits2": 2, "digits3": 3}}
ONE_TOKEN = {
    "singleCapital", "digits1", "digits2", "digits3", "space", "spaceRun", "moreBlankTokens", "newline", "tabRun",
    "punctuation", "spacedPunctuation", "punctuationRunTokens", "capitalWord", "mixedWord",
    "splitWordTokens", "splitCapitalTokens", "splitMixedTokens",
}  # fmt: skip
SMALL_TEXT_TOKENS = 30
WEIGHTS_FILE = Path(__file__).parent / "../../src/tokens/family-weights.ts"


def prior_of(family: str, names: list[str]) -> np.ndarray:
    def cost(name: str) -> float:
        return 1.0 if name in ONE_TOKEN or name.startswith("wordOfRank") or name in script_tokens else 0.0

    script_tokens = {name for name in names[names.index("wideAscii") :] if name.endswith("Tokens")}
    prior = np.array([cost(name) for name in names]) * LEVEL.get(family, 1)
    for name, tokens in DIGIT_BY_DIGIT.get(family, {}).items():
        prior[names.index(name)] = tokens
    return prior


def fit(family: str, names: list[str], features: np.ndarray, counts: np.ndarray, weights: np.ndarray) -> np.ndarray:
    scale = weights / (counts + SMALL_TEXT_TOKENS)
    rows = features * scale[:, None]
    norms = np.sqrt((rows**2).sum(0))
    pull = np.full(len(names), PULL * np.median(norms[norms > 0]))
    if family in OVER_CL100K:
        pull[: names.index("wideAscii")] *= PULL_OF_CL100K
    coefficients, _ = nnls(
        np.vstack([rows, np.diag(pull)]),
        np.concatenate([counts * scale, pull * prior_of(family, names)]),
        maxiter=20_000,
    )
    return coefficients


def main() -> None:
    passages = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8") if line.strip()]
    references = json.load(open(sys.argv[2], encoding="utf-8"))
    tallies = json.load(open(sys.argv[3], encoding="utf-8"))
    names = tallies["names"]
    size_of_kind = Counter(passage["kind"] for passage in passages)
    weights = np.array([p.get("weight", 1) / size_of_kind[p["kind"]] ** 0.5 for p in passages])
    fitted = np.array([passage["half"] == 0 for passage in passages])
    table: dict[str, list[int]] = {name: [] for name in names}
    for family in FAMILIES:
        features = np.array(tallies["cl100k" if family in OVER_CL100K else "o200k"], float)
        counts = np.array([reference[family] for reference in references], float)
        coefficients = fit(family, names, features[fitted], counts[fitted], weights[fitted])
        for name, coefficient in zip(names, coefficients):
            table[name].append(round(coefficient * 1000))
        held_out = features[~fitted] @ coefficients
        errors = np.abs(held_out / counts[~fitted] - 1)
        total = held_out.sum() / counts[~fitted].sum() - 1
        print(f"{family:12} held out: total {total:+.2%}, passage mean {errors.mean():.1%}, p95 {np.quantile(errors, 0.95):.1%}")
    source = WEIGHTS_FILE.read_text(encoding="utf-8")
    lines = "".join(f"  {name}: [{', '.join(map(str, row))}],\n" for name, row in table.items())
    WEIGHTS_FILE.write_text(re.sub(r"(WEIGHTS = \{\n).*?(\n?\} as const)", lambda m: m[1] + lines.rstrip("\n") + "\n} as const", source, flags=re.S), encoding="utf-8")


main()
