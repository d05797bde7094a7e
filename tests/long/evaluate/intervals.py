#!/usr/bin/env python3
"""Computes shares, F1 and rates with their 95 % intervals again, from the counts in the JSON of `evaluate` and from nothing of the
program: Wilson 1927 as the roots of its quadratic, Garwood 1936 from sums of the Poisson distribution.  intervals.py EVALUATION.json..."""
import json
import math
import sys

Z = 1.959963984540054
TRIALS, HOUR = 10, 3600.0


def wilson(hits, trials):
    # The shares p with (hits/n - p)^2 = z^2 p (1 - p) / n.
    share = hits / trials
    a, b, c = 1 + Z * Z / trials, -(2 * share + Z * Z / trials), share * share
    root = math.sqrt(max(0.0, b * b - 4 * a * c))
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


def at_most(count, mean):
    return math.fsum(math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(count + 1)) if mean > 0 else 1.0


def bisect(holds, hi):
    lo = 0.0
    for _ in range(200):
        middle = (lo + hi) / 2
        lo, hi = (middle, hi) if holds(middle) else (lo, middle)
    return lo


def poisson(count):
    most = count + 20 * math.sqrt(count + 1) + 20
    lo = 0.0 if count == 0 else bisect(lambda mean: 1 - at_most(count - 1, mean) < 0.025, most)
    return lo, bisect(lambda mean: at_most(count, mean) > 0.025, most)


def share(hits, trials):
    return None if trials < TRIALS else (hits / trials, *wilson(hits, trials))


def f1(found, false, missed):
    if found + missed < TRIALS:
        return None
    lo, hi = wilson(found, found + false + missed)
    return 2 * found / (2 * found + false + missed), 2 * lo / (1 + lo), 2 * hi / (1 + hi)


def compare(what, expected, said):
    if expected is None or "insufficient" in said:
        if (expected is None) == ("insufficient" in said):
            return 0
        print(f"{what}: {said} where {expected} is due")
        return 1
    if all(abs(ours - said[key]) < 2e-6 for ours, key in zip(expected, ("value", "lo", "hi"))):
        return 0
    print(f"{what}: {said} where {expected} is due")
    return 1


def heading(name, figures):
    differences, count = 0, 0
    for kind, one in figures["events"].items():
        if one["intervals"] != "Wilson":  # drawn by subject: no formula to compare with
            continue
        right = one["detections"] - one["false"]
        differences += compare(f"{name} {kind} recall", share(one["found"], one["labels"]), one["recall"])
        differences += compare(f"{name} {kind} precision", share(right, one["detections"]), one["precision"])
        count += 2
        if one["joined"] == one["split"] == 0:
            differences += compare(f"{name} {kind} F1", f1(one["found"], one["false"], one["labels"] - one["found"]), one["f1"])
            count += 1
    alerts = figures["alerts"]
    hours = alerts["exposureSeconds"] / HOUR
    rate = None if hours < 1 else tuple(value / hours for value in (alerts["false"], *poisson(alerts["false"])))
    differences += compare(f"{name} false an hour", rate, alerts["falseAnHour"])
    for kind, due in alerts["due"].items():
        differences += compare(f"{name} warned of {kind}", share(due["warned"], due["labels"]), due["share"])
        count += 1
    return differences, count + 1


def main(paths):
    differences = 0
    for path in paths:
        with open(path, encoding="utf-8") as file:
            figures = json.load(file)
        results = [heading("all", figures["all"]), *(heading(name, one) for name, one in figures["by"].items())]
        wrong, count = sum(one[0] for one in results), sum(one[1] for one in results)
        print(f"{path}: {count - wrong} of {count} intervals equal")
        differences += wrong
    return 1 if differences else 0


if __name__ == "__main__":
    assert all(abs(a - b) < 1e-3 for a, b in zip((*wilson(81, 263), *poisson(5)), (0.2553, 0.3662, 1.623, 11.668)))
    sys.exit(main(sys.argv[1:]))
