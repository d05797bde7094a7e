#!/usr/bin/env python3
"""Lists what is in a package as CycloneDX 1.6: every file with its hash, every library and model with its licence.

    deploy/sbom.py ROOT deps.json [manifest.json] [--notices FILE]    the list to standard output
    deploy/sbom.py --check PACKAGE.deb                                whether its list names every file as it is

ROOT is the tree that is packed; deps.json the program's own list of the libraries that it was linked with. The same tree gives the
same bytes. --notices writes the licences as a page to read. Needs python3 and the packages' folder of the build.
"""

import argparse
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import uuid
import xml.etree.ElementTree as xml

PACKAGES = pathlib.Path(os.environ.get("NUGET_PACKAGES", pathlib.Path.home() / ".nuget/packages"))

# Licence texts behind the addresses that older packages name instead of an identifier.
LICENCE_OF_ADDRESS = {
    "https://github.com/dotnet/standard/blob/master/LICENSE.TXT": "MIT",
    "https://licenses.nuget.org/MIT": "MIT",
    "https://go.microsoft.com/fwlink/?LinkId=329770": "MS-PL",
}


def sha256(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def licence_in(file):
    """The identifier of a licence whose text a package brings along; its file's name where the text is not known."""
    text = " ".join(file.read_text(encoding="utf-8", errors="replace").split()) if file.is_file() else ""
    if "Permission is hereby granted, free of charge" in text and "Apache License" not in text:
        return {"id": "MIT"}
    if "Apache License Version 2.0" in text:
        return {"id": "Apache-2.0"}
    return {"name": f"{file.name} of the package"}


def nuspec(name, version):
    """Licence, copyright and address of a package, as its maker declares them."""
    folder = PACKAGES / name.lower() / version
    for file in sorted(folder.glob("*.nuspec")):
        metadata = next(iter(xml.parse(file).getroot()))
        said = {child.tag.split("}")[-1]: child for child in metadata}
        text = {tag: (node.text or "").strip() for tag, node in said.items()}
        licence = said.get("license")
        if licence is not None and licence.get("type") == "expression":
            licences = [{"expression": text["license"]}]
        elif licence is not None:
            licences = [{"license": licence_in(folder / text["license"])}]
        elif address := text.get("licenseUrl"):
            known = LICENCE_OF_ADDRESS.get(address)
            licences = [{"license": {"id": known} if known else {"name": "see address", "url": address}}]
        else:
            licences = []
        return licences, text.get("copyright", ""), text.get("projectUrl", "")
    return [], "", ""


def is_packed(assets, root):
    """Whether any of a library's files is in the tree; one that brings no file is what others are made with."""
    names = {pathlib.PurePosixPath(name).name for kind in ("runtime", "native") for name in assets.get(kind, {})}
    return not names or any(path.name in names for path in root.rglob("*"))


def libraries(deps, root):
    assets = {key: value for target in deps["targets"].values() for key, value in target.items()}
    for key, library in sorted(deps["libraries"].items()):
        name, version = key.split("/")
        if library["type"] == "runtimepack":
            # The runtime of .NET comes as a package too, and is named here after what it is packed as.
            name = name.removeprefix("runtimepack.")
            library["type"] = "package"
        if library["type"] != "package" or not is_packed(assets.get(key, {}), root):
            continue
        licences, copyright_line, address = nuspec(name, version)
        purl = f"pkg:nuget/{name}@{version}"
        part = {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl}
        if licences:
            part["licenses"] = licences
        if copyright_line:
            part["copyright"] = copyright_line
        if address:
            part["externalReferences"] = [{"type": "website", "url": address}]
        yield part


def models(manifest, root):
    there = {path.name: path for path in root.rglob("*.onnx")}
    for model in manifest["models"]:
        if model["file"] not in there:
            continue
        yield {
            "type": "machine-learning-model",
            "bom-ref": f"model:{model['file']}",
            "name": model["name"],
            "version": model["sha256"][:8],
            "licenses": [{"license": {"id": model["licence"]}}],
            "hashes": [{"alg": "SHA-256", "content": model["sha256"]}],
        }


def files(root, leave_out):
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_symlink() or not path.is_file() or name in leave_out:
            continue
        yield {
            "type": "file",
            "bom-ref": f"file:{name}",
            "name": f"/{name}",
            "hashes": [{"alg": "SHA-256", "content": sha256(path)}],
        }


def differences(package):
    """What of a package its own list does not name, names with another hash, or names in vain; nothing where all is well."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["dpkg-deb", "-x", package, folder], check=True)
        root = pathlib.Path(folder)
        lists = sorted(root.glob("usr/share/doc/*/sbom.cdx.json"))
        if len(lists) != 1:
            return [f"{len(lists)} lists"]
        bill = json.loads(lists[0].read_bytes())
        named = {part["name"]: part["hashes"][0]["content"] for part in bill["components"] if part["type"] == "file"}
        there = {part["name"]: part["hashes"][0]["content"] for part in files(root, [lists[0].relative_to(root).as_posix()])}
        return sorted(name for name in named.keys() | there.keys() if named.get(name) != there.get(name))


def licence_words(part):
    words = [said.get("expression") or said["license"].get("id") or said["license"].get("url") or said["license"]["name"]
             for said in part.get("licenses", [])]
    return ", ".join(words) or "not declared"


def notices(parts):
    yield "# What is in this package, and whose it is"
    yield ""
    yield "Made from the packages' own declarations; the licences' texts are those of the Debian copyright file beside it."
    yield ""
    yield "| part | version | licence | copyright |"
    yield "|---|---|---|---|"
    for part in parts:
        yield f"| {part['name']} | {part['version']} | {licence_words(part)} | {part.get('copyright', '').replace('|', '/')} |"


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("root", type=pathlib.Path, nargs="?")
    arguments.add_argument("deps", type=pathlib.Path, nargs="?")
    arguments.add_argument("manifest", type=pathlib.Path, nargs="?")
    arguments.add_argument("--check", metavar="PACKAGE")
    arguments.add_argument("--name", default="drivermonitor")
    arguments.add_argument("--version", default="0")
    arguments.add_argument("--leave-out", action="append", default=[], help="the list's own place in the tree")
    arguments.add_argument("--notices", type=pathlib.Path)
    given = arguments.parse_args()
    if given.check:
        wrong = differences(given.check)
        sys.exit(f"{given.check}: its list does not hold for {', '.join(wrong[:5])}" if wrong else 0)
    if not given.deps:
        arguments.error("give ROOT and deps.json, or --check")

    parts = [*libraries(json.loads(given.deps.read_bytes()), given.root)]
    if given.manifest:
        parts += models(json.loads(given.manifest.read_bytes()), given.root)
    if given.notices:
        given.notices.write_text("\n".join(notices(parts)) + "\n", encoding="utf-8")
    contents = list(files(given.root, given.leave_out))
    digest = hashlib.sha256("".join(file["hashes"][0]["content"] for file in contents).encode()).digest()
    program = f"pkg:deb/{given.name}@{given.version}"
    bill = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        # From what is listed, so that the same package has the same number.
        "serialNumber": f"urn:uuid:{uuid.UUID(bytes=digest[:16], version=4)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": program,
                "name": given.name,
                "version": given.version,
                "licenses": [{"license": {"id": "Apache-2.0"}}],
            }
        },
        "components": parts + contents,
        "dependencies": [{"ref": program, "dependsOn": [part["bom-ref"] for part in parts]}],
    }
    json.dump(bill, sys.stdout, indent=1, ensure_ascii=False)
    print()


if __name__ == "__main__":
    main()
