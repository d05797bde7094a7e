#!/usr/bin/env python3
"""Looks for known faults in what a package is made of: its list of parts beside advisories that somebody has fetched.

    deploy/advisories.py SBOM ADVISORIES...    a line for each fault that applies; exit code 1 if there is one

SBOM is a package's sbom.cdx.json, or the package itself (.deb). ADVISORIES are files or folders of files in OSV's format, one advisory
or a list in each: for NuGet's libraries https://osv-vulnerabilities.storage.googleapis.com/NuGet/all.zip, unpacked. What is no advisory
is named and counts as a fault of its own (exit code 65): a list that cannot be read says nothing about what is safe.
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

LARGEST = 16 << 20  # the longest advisory there is has a few hundred kilobytes
SHOWN = 200


def plain(text):
    """Somebody else wrote it: no control characters, no more than a line."""
    return "".join(c if c.isprintable() else "\ufffd" for c in str(text))[:SHOWN]


def read(path):
    if not path.is_file():
        raise ValueError("is no file")
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise ValueError(f"is larger than {LARGEST >> 20} MiB")
    return json.loads(data)


def parts(path):
    """Name in lower case -> (name, version) of every library of a list."""
    if path.suffix == ".deb":
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["dpkg-deb", "-x", path, folder], check=True)
            lists = list(pathlib.Path(folder).glob("usr/share/doc/*/sbom.cdx.json"))
            if len(lists) != 1:
                raise ValueError(f"has {len(lists)} lists of parts")
            return parts(lists[0])
    found = {}
    for part in read(path)["components"]:
        if part.get("purl", "").startswith("pkg:nuget/"):
            found.setdefault(part["name"].lower(), []).append((part["name"], part["version"]))
    if not found:
        raise ValueError("lists no library")
    return found


def order(version):
    """Versions as NuGet compares them: numbers, then a release after each of its previews, whose parts are numbers or words."""
    core, _, preview = version.strip().lstrip("vV").partition("+")[0].partition("-")
    numbers = [int(one) for one in re.findall(r"\d{1,18}", core)[:8]]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    words = [(0, int(one), "") if re.fullmatch(r"\d{1,18}", one) else (1, 0, one.lower()) for one in preview.split(".")[:16]]
    return numbers, not preview, words if preview else []


def is_hit(version, affected):
    if version in list(affected.get("versions", [])):
        return True
    for span in affected.get("ranges", []):
        if span.get("type") == "GIT":
            continue
        inside = False
        events = [(order(said), kind, said) for event in span["events"] for kind, said in [*event.items()] or [(None, None)]]
        for at, kind, said in sorted(events, key=lambda one: one[0]):
            if kind == "introduced" and (said == "0" or order(version) >= at):
                inside = True
            elif (kind == "fixed" and order(version) >= at) or (kind == "last_affected" and order(version) > at):
                inside = False
        if inside:
            return True
    return False


def hits(found, advisory):
    if not isinstance(advisory["id"], str):
        raise ValueError("has no name")
    if advisory.get("withdrawn"):
        return
    for affected in advisory["affected"]:
        package = affected["package"]
        if package["ecosystem"] != "NuGet":
            continue
        for name, version in found.get(package["name"].lower(), []):
            if is_hit(version, affected):
                yield f"{name} {version}: {plain(advisory['id'])} {plain(advisory.get('summary', ''))}".rstrip()


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    try:
        found = parts(pathlib.Path(sys.argv[1]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, subprocess.CalledProcessError) as e:
        print(f"advisories.py: {plain(sys.argv[1])} is no list of parts: {plain(e)}", file=sys.stderr)
        sys.exit(65)
    files = []
    for one in map(pathlib.Path, sys.argv[2:]):
        files += sorted(one.rglob("*.json")) if one.is_dir() else [one]
    looked, unread, lines = 0, 0, set()
    for file in files:
        try:
            advisories = read(file)
            for advisory in advisories if isinstance(advisories, list) else [advisories]:
                lines.update(hits(found, advisory))
                looked += 1
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as e:
            unread += 1
            print(f"advisories.py: {plain(file)} is no advisory: {type(e).__name__} {plain(e)}", file=sys.stderr)
    for line in sorted(lines):
        print(line)
    count = sum(len(versions) for versions in found.values())
    print(f"{len(lines)} faults, {looked} advisories, {count} libraries" + (f", {unread} files not read" if unread else ""))
    sys.exit(1 if lines else 65 if unread or not looked else 0)


if __name__ == "__main__":
    main()
