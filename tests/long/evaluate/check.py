#!/usr/bin/env python3
"""Counts labels found and false events of clips with ground_truth.json from what `replay` writes, without any of the program's own
evaluation, and compares with the JSON of `evaluate`.  check.py PROGRAM.dll FOLDER EVALUATION.json"""
import csv
import json
import os
import subprocess
import sys
import tempfile

CLASSES = {
    "closure": ["closures", "closure", "blink", "blinks"],
    "yawn": ["yawn", "yawns"],
    "look_away": ["look_away", "head_down", "down_and_away", "turn_subject_right_image_right", "turn_image_left"],
}
IGNORED = ["head_up", "head_turn_small"]
KINDS = {
    "closure": ["blink", "long_blink", "microsleep", "sleep", "unresponsive"],
    "yawn": ["yawn"],
    "look_away": ["look_away"],
}
TOLERANCE = 0.5


def replay(program, clip):
    with tempfile.TemporaryDirectory() as folder:
        events, trace = os.path.join(folder, "e.jsonl"), os.path.join(folder, "t.csv")
        subprocess.run(["dotnet", program, "replay", clip, "--events", events, "--trace", trace], check=True, stdout=subprocess.DEVNULL)
        with open(events, encoding="utf-8") as lines:
            happened = [json.loads(line) for line in lines]
        with open(trace, encoding="utf-8") as rows:
            times = [float(row["at"]) for row in csv.DictReader(rows)]
    return happened, times


def spans(ranges, times):
    pace = (times[-1] - times[0]) / (len(times) - 1)
    return [(times[first], times[last + 1] if last + 1 < len(times) else times[-1] + pace) for first, last in ranges]


def overlap(one, other):
    return max(0.0, min(one[1], other[1]) - max(one[0], other[0]))


def count(labels, found, ignored, may_join):
    pairs = sorted(
        (-overlap(label, event), abs(label[0] - event[0]), i, j)
        for i, label in enumerate(labels)
        for j, event in enumerate(found)
        if overlap(label, event) > 0 or abs(label[0] - event[0]) <= TOLERANCE
    )
    ours, theirs = set(), set()
    for _, _, i, j in pairs:
        if i not in ours and j not in theirs:
            ours.add(i)
            theirs.add(j)

    def lies_in(span, others):
        return any(overlap(span, other) > 0 and 2 * overlap(span, other) >= span[1] - span[0] for other in others)

    hits, false = len(ours), 0
    for i, label in enumerate(labels):
        if i not in ours and may_join and lies_in(label, found):
            hits += 1
    for j, event in enumerate(found):
        if j in theirs or (may_join and lies_in(event, labels)):
            continue
        if not any(event[0] <= until and start <= event[1] for start, until in ignored):
            false += 1
    return [len(labels), hits, false]


def main(program, folder, evaluation):
    with open(os.path.join(folder, "ground_truth.json"), encoding="utf-8") as file:
        truth = json.load(file)["clips"]
    with open(evaluation, encoding="utf-8") as file:
        said = {one["input"]: one["events"] for one in json.load(file)["inputs"]}
    differences = 0
    for clip, labels in truth.items():
        happened, times = replay(program, os.path.join(folder, clip))
        ignored = [span for name in IGNORED for span in spans(labels.get(name, []), times)]
        for kind, words in CLASSES.items():
            given = [labels[word] for word in words if isinstance(labels.get(word), list)]
            if not given and not any(labels.get(word) == 0 for word in words):
                continue
            wanted = sorted(spans([one for ranges in given for one in ranges], times))
            found = [(e["startedAt"], e["startedAt"] + e["durationMs"] / 1000) for e in happened if e["kind"] in KINDS[kind]]
            ours = count(wanted, found, ignored, kind == "look_away")
            theirs = said.get(clip, {}).get(kind, {})
            theirs = [theirs.get("labels"), theirs.get("found"), theirs.get("false")]
            print(f"{clip} {kind}: labels, found, false {ours}, evaluate says {theirs}")
            differences += ours != theirs
    print("equal" if differences == 0 else f"{differences} differ")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
