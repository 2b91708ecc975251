#!/usr/bin/env python3
"""Reference values for the measures, computed apart from the Java code.

Writes the frozen cases that MeasureCasesTest reads:

    python3 measure_cases.py > ../resources/org/fovea/training/metric/measure-cases.txt

Everything is done the slow way, on dense matrices as in the evaluation scripts of the extreme
classification repository: a score matrix is sorted row by row (best first, the lower label first
among equals), flags tell which of the sorted labels are true, and sums run over the flags. Labels
without a score are not predicted at all and are never a hit.
"""
import random

import numpy as np

CASES = []


def case(name, ks, examples, labels, train=None, ab=(0.55, 1.5), decision=None, unlabelled="leave out"):
    """examples: list of (set of true labels, {label: score})."""
    CASES.append((name, ks, examples, labels, train, ab, decision, unlabelled))


def inverse_propensity(train, labels, a, b):
    n, counts = train
    c = (np.log(float(n)) - 1.0) * np.power(b + 1.0, a)
    c = max(c, 0.0)
    return 1.0 + c * np.power(np.array(counts, dtype=np.float64) + b, -a)


def ranking(scores, depth):
    order = sorted(scores, key=lambda label: (-np.float32(scores[label]), label))
    return order[:depth] + [None] * (depth - len(order))


def flag_matrix(examples, depth, weights):
    flags = np.zeros((len(examples), depth))
    for row, (true, scores) in enumerate(examples):
        for place, label in enumerate(ranking(scores, depth)):
            if label in true:
                flags[row, place] = weights[label]
    return flags


def best_matrix(examples, depth, weights):
    """The flags of a prediction that scores each true label by its weight."""
    flags = np.zeros((len(examples), depth))
    for row, (true, _) in enumerate(examples):
        best = sorted((weights[label] for label in true), reverse=True)[:depth]
        flags[row, : len(best)] = best
    return flags


def dcg(flags, k, sizes):
    gain = (flags[:, :k] / np.log2(np.arange(k) + 2.0)).sum(axis=1)
    ideal = np.array([sum(1.0 / np.log2(i + 2.0) for i in range(min(k, max(s, 1)))) for s in sizes])
    return (gain / ideal).sum()


def f1(both, marks):
    return 2.0 * both / marks


def measure(ks, examples, labels, train, ab, decision, unlabelled):
    kept = [e for e in examples if e[0] or unlabelled == "count"]
    out = {}
    n = len(kept)
    if n:
        depth = max(ks) if ks else 1
        sizes = [len(true) for true, _ in kept]
        plain = flag_matrix(kept, depth, np.ones(labels))
        for k in ks:
            out[f"P@{k}"] = plain[:, :k].sum() / (k * n)
        for k in ks:
            out[f"nDCG@{k}"] = dcg(plain, k, sizes) / n
        if train:
            weights = inverse_propensity(train, labels, *ab)
            won = flag_matrix(kept, depth, weights)
            best = best_matrix(kept, depth, weights)
            for k in ks:
                out[f"PSP@{k}"] = won[:, :k].sum() / best[:, :k].sum() if best.any() else 0.0
            for k in ks:
                out[f"PSnDCG@{k}"] = dcg(won, k, sizes) / dcg(best, k, sizes) if best.any() else 0.0
        for k in ks:
            out[f"R@{k}"] = sum(plain[r, :k].sum() / s for r, s in enumerate(sizes) if s) / n
        if decision:
            truth = np.zeros((n, labels))
            guess = np.zeros((n, labels))
            for row, (true, scores) in enumerate(kept):
                truth[row, list(true)] = 1
                if decision[0] == "best":
                    guess[row, [l for l in ranking(scores, 1) if l is not None]] = 1
                else:
                    guess[row, [l for l in scores if np.float32(scores[l]) >= np.float32(decision[1])]] = 1
            both = (truth * guess).sum(axis=0)
            marks = truth.sum(axis=0) + guess.sum(axis=0)
            if decision[0] == "best":
                out["accuracy"] = both.sum() / n
            out["micro-F1"] = f1(both.sum(), marks.sum()) if marks.sum() else 0.0
            seen = marks > 0
            out["macro-F1"] = float(np.mean(f1(both[seen], marks[seen]))) if seen.any() else 0.0
    out["examples"] = n
    out["left out"] = len(examples) - n
    return out


def emit():
    print("# written by measure_cases.py; do not edit")
    for name, ks, examples, labels, train, ab, decision, unlabelled in CASES:
        print(f"case {name}")
        print("ks " + " ".join(map(str, ks)))
        print(f"labels {labels}")
        if train:
            print(f"propensities {ab[0]} {ab[1]} {train[0]} " + " ".join(map(str, train[1])))
        if decision:
            print("decision " + " ".join(map(str, decision)))
        if unlabelled == "count":
            print("countingUnlabelled")
        for true, scores in examples:
            row = ",".join(map(str, sorted(true)))
            print(f"example {row} | " + " ".join(f"{l}:{s!r}" for l, s in scores.items()))
        for key, value in measure(ks, examples, labels, train, ab, decision, unlabelled).items():
            print(f"expect {float(value)!r} {key}")


def random_examples(rng, count, labels, most_true, most_predicted, levels, empty=0.0):
    """Scores are drawn from a few levels, so that ties abound, and offered in random order."""
    examples = []
    for _ in range(count):
        true = set() if rng.random() < empty else set(rng.sample(range(labels), rng.randint(1, most_true)))
        ids = set(rng.sample(range(labels), rng.randint(0, most_predicted)))
        ids |= {l for l in true if rng.random() < 0.5}
        ids = list(ids)
        rng.shuffle(ids)
        examples.append((true, {l: rng.randrange(levels) / 8 - 1 for l in ids}))
    return examples


def main():
    rng = random.Random(20)
    rising = [1, 2, 4, 8, 16, 32]
    case("one example, all right", [1, 3], [({0, 2, 4}, {0: 0.9, 2: 0.8, 4: 0.7})], 6, (40, rising))
    case("one example, all wrong", [1, 3], [({0, 2, 4}, {1: 0.9, 3: 0.8, 5: 0.7})], 6, (40, rising))
    case("hit at second place only", [1, 2, 3], [({3}, {1: 3.0, 3: 2.0, 5: 1.0})], 6, (40, rising))
    case("a tie at the top goes to the lower label", [1, 2], [({1}, {3: 0.5, 1: 0.5, 2: 0.25})], 4)
    case("a tie at the cut goes to the lower label", [2, 3], [({4}, {0: 0.9, 4: 0.5, 2: 0.5, 3: 0.5})], 6, (40, rising))
    case("all scores tie", [1, 3, 5], [({5, 1}, {l: 0.125 for l in (5, 3, 1, 0, 2, 4)})], 6, (40, rising))
    case("positive and negative zero tie", [1, 2], [({0}, {1: 0.0, 0: -0.0}), ({1}, {1: -0.0, 0: 0.0})], 2)
    case("negative and infinite scores", [1, 2], [({2}, {0: float("-inf"), 2: -3.5, 1: float("inf")})], 3)
    case("fewer predictions than k", [1, 3, 5], [({0, 1}, {1: 0.5, 4: 0.25}), ({2}, {2: 1.0})], 6, (40, rising))
    case("no predictions at all", [1, 5], [({0, 1}, {}), ({5}, {5: 1.0})], 6, (40, rising))
    case("nothing predicted anywhere", [1, 5], [({0, 1}, {}), ({5}, {})], 6, (40, rising))
    case("k larger than the number of labels", [1, 5, 10], [({0, 2}, {2: 0.5, 1: 0.4, 0: 0.3})], 3, (9, [2, 5, 1]))
    case("more true labels than k", [1, 2], [({0, 1, 2, 3, 4}, {5: 0.9, 4: 0.8, 3: 0.7})], 6, (40, rising))
    case("an example without labels is left out", [1, 3], [(set(), {1: 0.5}), ({1}, {1: 0.5, 0: 0.25})], 6, (40, rising))
    case("an example without labels is a miss", [1, 3], [(set(), {1: 0.5}), ({1}, {1: 0.5, 0: 0.25})], 6, (40, rising),
         unlabelled="count")
    case("only examples without labels", [1, 3], [(set(), {1: 0.5}), (set(), {})], 6, (40, rising))
    case("only examples without labels, counted", [1, 3], [(set(), {1: 0.5}), (set(), {})], 6, (40, rising),
         unlabelled="count")
    case("a label never seen in training", [1, 3], [({0, 3}, {3: 0.5, 0: 0.4}), ({1}, {0: 0.5, 1: 0.4})], 4, (100, [50, 9, 0, 0]))
    case("propensities of Amazon", [1, 3, 5], random_examples(rng, 30, 20, 6, 12, 50), 20,
         (490449, [3 ** (i % 9) for i in range(20)]), (0.6, 2.6))
    case("propensities of Wikipedia", [1, 3, 5], random_examples(rng, 30, 20, 6, 12, 50), 20,
         (1778351, [3 ** (i % 11) for i in range(20)]), (0.5, 0.4))
    case("two training examples", [1, 2], [({0, 2}, {2: 0.5, 1: 0.4}), ({1}, {1: 1.0})], 3, (2, [2, 1, 0]))
    case("accuracy", [1], [({0}, {0: 0.9, 1: 0.1}), ({1}, {0: 0.9, 1: 0.1}), ({2}, {2: 0.5, 1: 0.5}),
                           ({2}, {2: 0.3, 0: 0.1}), ({0}, {3: 0.3, 0: 0.1})], 5, decision=("best", 5))
    case("accuracy with a tie and a missing prediction", [], [({1}, {1: 0.5, 2: 0.5}), ({2}, {1: 0.5, 2: 0.5}), ({3}, {})], 4,
         decision=("best", 4))
    case("accuracy of many", [1, 3], [({rng.randrange(8)}, {l: rng.randrange(6) / 4 for l in rng.sample(range(8), 5)})
                                       for _ in range(200)], 8, decision=("best", 8))
    case("threshold", [1, 3], [({0, 1}, {0: 0.75, 1: 0.25, 2: 0.5}), ({2}, {2: 0.5}), ({3}, {1: 0.625, 3: 0.5})], 5,
         decision=("threshold", 0.5))
    case("threshold that nothing reaches", [1], [({0, 1}, {0: 0.75}), ({2}, {2: 0.5})], 4, decision=("threshold", 2.0))
    case("threshold, an example without labels counted", [1], [(set(), {0: 0.75}), ({2}, {2: 0.5, 1: 0.5})], 4,
         decision=("threshold", 0.5), unlabelled="count")
    case("threshold of many", [1, 3, 5], random_examples(rng, 150, 12, 5, 10, 16, 0.1), 12, decision=("threshold", 0.0))
    case("many examples with many ties", [1, 2, 3, 4, 5, 10], random_examples(rng, 200, 60, 12, 20, 4, 0.1), 60,
         (5000, [1 + (i * i) % 97 for i in range(60)]))
    case("many examples, unlabelled counted", [1, 3, 5], random_examples(rng, 100, 40, 4, 9, 9, 0.3), 40,
         (900, [i for i in range(40)]), unlabelled="count")
    case("long rankings", [10, 50, 100], random_examples(rng, 25, 300, 130, 250, 64), 300,
         (12345, [(i * 37) % 1000 for i in range(300)]))
    emit()


main()
