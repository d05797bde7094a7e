#!/usr/bin/env python3
"""Checks messages against the schemas beside this file.

Reads lines "TOPIC JSON", as mosquitto_sub -v writes them, from the files named or from standard input. Says what is wrong
with each bad one and ends with 1 if there was any. Needs Debian's python3-jsonschema.
"""
import fileinput
import json
import pathlib
import sys

import jsonschema

SCHEMAS = {}
for file in pathlib.Path(__file__).parent.glob("*.schema.json"):
    schema = json.loads(file.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    SCHEMAS[schema["$id"]] = jsonschema.Draft202012Validator(schema)


def schemas_for(topic, message):
    """Names of the schemas that a message on a topic must fit."""
    parts = topic.split("/")[4:]
    if parts[0] in ("status", "state", "health"):
        return [f"urn:dms:{parts[0]}:1.0"]
    if parts[0] == "cmd":
        return ["urn:dms:cmd:1.0"]
    if parts[:2] == ["in", "heart"]:
        return ["urn:dms:heart-input:1.0"]
    if parts[:2] == ["in", "vehicle"]:
        return ["urn:dms:vehicle-input:1.0"]
    return ["urn:dms:envelope:1.0", message.get("dataschema", "none")]


def faults(line):
    topic, _, text = line.strip().partition(" ")
    try:
        message = json.loads(text)
    except ValueError as error:
        return [f"{topic}: no JSON: {error}"]
    found = []
    for name in schemas_for(topic, message):
        if name not in SCHEMAS:
            found.append(f"{topic}: there is no schema {name}")
            continue
        for error in SCHEMAS[name].iter_errors(message):
            where = "/".join(str(part) for part in error.absolute_path)
            found.append(f"{topic}: {name}: {where or 'message'}: {error.message}")
    return found


def main():
    seen, bad = 0, 0
    for line in fileinput.input(encoding="utf-8"):
        if not line.strip():
            continue
        seen += 1
        found = faults(line)
        bad += bool(found)
        for fault in found:
            print(fault)
    print(f"{seen} messages, {bad} bad")
    return 1 if bad or not seen else 0


if __name__ == "__main__":
    sys.exit(main())
