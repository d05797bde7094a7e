#!/usr/bin/env python3
"""Writes docs/results.md from what evaluate and audit wrote.  results.py FOLDER PAGE DATE"""
import json
import os
import sys

NAMES = {"closure": "eyes shut, blinks included", "yawn": "yawns", "look_away": "looks away and turns", "nod": "nods", "phone": "phones"}


def load(folder, name):
    path = os.path.join(folder, name)
    if not os.path.exists(path):
        return None
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def put(estimate):
    if "value" not in estimate:
        return f"insufficient ({estimate['insufficient']})"
    if "lo" not in estimate:
        return f"{estimate['value']:.3f}"
    return f"{estimate['value']:.3f} [{estimate['lo']:.3f}, {estimate['hi']:.3f}]"


def events(figures):
    rows = ["| event | labels | found | false | recall | precision |", "|---|---|---|---|---|---|"]
    for name, one in figures["all"]["events"].items():
        rows.append(f"| {NAMES.get(name, name)} | {one['labels']} | {one['found']} | {one['false']} | {put(one['recall'])} | {put(one['precision'])} |")
    alerts = figures["all"]["alerts"]
    rows.append("")
    rows.append(f"{figures['all']['judgedSeconds'] / 60:.1f} minutes judged; eyes judged in {100 * figures['all']['eyeCoverage']['value']:.1f} % of the pictures. "
                f"Alerts: {alerts['judged']} that labels can judge, {alerts['false']} false. False alerts an hour: {put(alerts['falseAnHour'])}.")
    for name, due in alerts["due"].items():
        rows.append(f"Warned of long {NAMES.get(name, name)}: {due['warned']} of {due['labels']}.")
    return rows


def bias(audit):
    rows = ["| trait | drawn as | closures found | false | eyes judged |", "|---|---|---|---|---|"]
    groups = {}
    for row in audit["rows"]:
        groups.setdefault((row["trait"], row["group"]), {})[row["figure"]] = f"{row['hits']} of {row['trials']}"
    for (trait, group), figures in groups.items():
        rows.append(f"| {trait} | {group} | {figures.get('closure found', '')} | {figures.get('closure false', '')} | {figures.get('pictures with eyes judged', '')} |")
    verdicts = [row["verdict"] for row in audit["rows"]]
    rows.append("")
    rows.append(f"Verdicts by the rule of [evaluation](evaluation.md#bias): {verdicts.count('DIFFERENCE')} differences, "
                f"{verdicts.count('no relevant difference')} excluded, {verdicts.count('undecided')} undecided (twelve closures a probe cannot exclude ten points).")
    return rows


def main(folder, page, date):
    clips, heart, builtin, audit = (load(folder, name) for name in ("clips.json", "heart.json", "builtin.json", "bias.json"))
    lines = [
        "# Results", "",
        f"Written by `tests/long/evaluate.sh` on {date}; do not edit. Program {builtin['program']}. Brackets hold 95 % intervals;",
        "\"insufficient\" is no number on purpose ([how to read and repeat this](evaluation.md)).", "",
        "## Filmed: three clips of one man at the wheel", "",
        "`drivermonitor evaluate DATA/video`", "",
    ]
    if clips:
        lines += events(clips)
        lines += ["", "An independent script (`tests/long/evaluate/check.py`) counts the same from the events of `replay`.",
                  "Labels of a small turn of the head (17 degrees) and of a head thrown back are judged by no rule of the product and count neither way.", ""]
    lines += ["## Heart: published series", "", "`drivermonitor evaluate tests/long/evaluate/shared-data.json --data DATA`", ""]
    if heart:
        lines += ["| series | figure | published | found |", "|---|---|---|---|"]
        for item in heart["inputs"]:
            for figure in item["heart"]:
                lines.append(f"| {item['input']} | {figure['figure']} | {figure['published']:.3f} | {figure['found']:.3f} |")
        lines.append("")
    lines += ["## Drawn: scripted drives (say nothing about people)", "", "`drivermonitor evaluate --builtin`", ""] + events(builtin)
    if audit:
        lines += ["", "## Drawn: skin, lids, glasses, beard, age (say nothing about people)", "", "`drivermonitor audit bias`", ""] + bias(audit)
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "measured.md"), encoding="utf-8") as file:
        lines += ["", file.read().strip()]
    lines += ["", "## Degraded pictures, timings, cost", "",
              "[Poor pictures](../tests/ROBUSTNESS.md), [every limit's timing](../tests/CONFORMANCE.md), [cost by board](boards.md), the networks' own figures on",
              "[their cards](../models/README.md).", "",
              "## Not measured", "",
              "- **False alerts an hour, and any rate of real driving**: no labelled hours of driving were at hand.",
              "- **Groups of people**: one man was filmed; nothing is known of women, of age, of skin, of eye shapes, of glasses on people.",
              "- **Real infrared**, sunglasses on people, night, rain of light and shade: only degraded and drawn pictures.",
              "- **Fatigue, stress and anger scores against outcomes**: no labels (KSS, ratings) were at hand; the scores are not calibrated.",
              "- **Anger in a vehicle**: only acted faces, on the network's card. **Nods**: no labelled one. **Yawns**: none filmed.",
              "- **Boards**: no Raspberry Pi or Jetson; their figures in [boards](boards.md) are estimates.",
              "- **Public sets**: described, not run; nobody here holds a licence.", ""]
    with open(page, "w", encoding="utf-8") as file:
        file.write("\n".join(lines))


if __name__ == "__main__":
    main(*sys.argv[1:4])
