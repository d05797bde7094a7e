#!/usr/bin/env python3
"""Judges a package's list of parts by CycloneDX 1.6's own schema.

    tests/long/package/schema.py SCHEMAS PACKAGE.deb

SCHEMAS is the folder of schemas of CycloneDX's own library.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

import jsonschema


def main():
    schemas, package = pathlib.Path(sys.argv[1]), sys.argv[2]
    load = {file.name.replace(".SNAPSHOT", ""): json.loads(file.read_bytes()) for file in schemas.glob("*.schema.json")}
    main_schema = load["bom-1.6.schema.json"]
    # Each refers to the others by its name beside the main one's address, with or without the word in it.
    store = {}
    for name, schema in load.items():
        for one in (name, name.replace(".schema", ".SNAPSHOT.schema")):
            store[f"http://cyclonedx.org/schema/{one}"] = schema
    validator = jsonschema.Draft7Validator(main_schema, resolver=jsonschema.RefResolver(main_schema["$id"], main_schema, store))
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["dpkg-deb", "-x", package, folder], check=True)
        for file in pathlib.Path(folder).glob("usr/share/doc/*/sbom.cdx.json"):
            faults = [f"{list(fault.absolute_path)}: {fault.message[:200]}" for fault in validator.iter_errors(json.loads(file.read_bytes()))]
            sys.exit("\n".join([f"{package}: its list is no CycloneDX 1.6", *faults[:5]]) if faults else 0)
    sys.exit(f"{package} has no list")


main()
