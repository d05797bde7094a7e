#!/usr/bin/env python3
"""Takes one control after another away and lets the tests look for it: those that the page of threats names must go red.

    tests/long/threats.py [PATTERN] [--folder DIR] [--scripts]

PATTERN   only faults whose threat or name matches it
--folder  builds there and leaves it, so that the next run begins at once (without: a new one, deleted at the end)
--scripts also faults that only a script in a booted Debian can find (half an hour, needs root)

tests/long/threats.tsv has six columns, separated by tabs: the threat as docs/security/threats.md has it, what goes wrong, the file,
a snippet that occurs once in it, what stands there instead, and the tests: a project with filters on the tests' names, or a script.
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

TREE = pathlib.Path(__file__).resolve().parents[2]
LIST = TREE / "tests/long/threats.tsv"
BUILD = ["-c", "Release", "-v", "quiet", "-nologo", "-p:RunAnalyzers=false", "-p:TreatWarningsAsErrors=false"]
LONGEST = 900  # seconds for one round of tests; a fault that hangs them is no fault that they found


def rows():
    for line in LIST.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def run(command, folder, timeout=LONGEST):
    """Exit code (None if it took too long) and everything that was said."""
    environment = {**os.environ, "DOTNET_CLI_TELEMETRY_OPTOUT": "1", "DOTNET_NOLOGO": "1", "MSBUILDDISABLENODEREUSE": "1"}
    try:
        done = subprocess.run(
            command, cwd=folder, env=environment, timeout=timeout, text=True, errors="replace",
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        return done.returncode, done.stdout
    except subprocess.TimeoutExpired:
        return None, "it took too long"


def copy_tree(folder):
    names = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=TREE, check=True, stdout=subprocess.PIPE
    ).stdout.decode().split("\0")
    for name in filter(None, names):
        source, target = TREE / name, folder / name
        if not source.is_file() or source.is_symlink():
            continue
        if target.is_file() and target.read_bytes() == source.read_bytes():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        # With the time of now: a build must not take a fault of a run that was broken off for built already.
        shutil.copy(source, target)
    # Some tests look for recordings beside the tree.
    if (TREE.parent / "shared").exists() and not (folder.parent / "shared").exists():
        (folder.parent / "shared").symlink_to((TREE.parent / "shared").resolve())


class Project:
    """One that is built from sources, and is compiled anew for each fault by the compiler itself: a build takes ten times as long."""

    def __init__(self, folder, name):
        self.folder, self.name = folder / "src" / name, name
        # What is built already tells no arguments.
        next(self.folder.glob("*.csproj")).touch()
        code, said = run(
            ["dotnet", "msbuild", "-t:PrepareResources;Compile", "-p:Configuration=Release", *BUILD[5:], "-p:SkipCompilerExecution=true",
             "-p:ProvideCommandLineArgs=true", "-getItem:CscCommandLineArgs"], self.folder)
        if code != 0:
            sys.exit(f"threats: {name} tells no arguments of its compiler: {said[-500:]}")
        arguments = [item["Identity"] for item in json.loads(said)["Items"]["CscCommandLineArgs"]]
        self.arguments = folder / f"{name}.rsp"
        self.arguments.write_text("\n".join(arguments), encoding="utf-8")
        self.made = self.folder / next(one for one in arguments if one.startswith("/out:")).removeprefix("/out:")
        self.compiler = run(["dotnet", "msbuild", "-getProperty:RoslynTargetsPath"], self.folder)[1].strip() + "/bincore/csc.dll"

    def compile(self, folder):
        code, said = run(["dotnet", self.compiler, "/shared", "/noconfig", "/nologo", f"@{self.arguments}"], self.folder)
        if code != 0:
            return re.search("error .*", said).group() if "error " in said else said[-300:]
        for place in folder.glob(f"tests/*/bin/Release/*/{self.made.name}"):
            shutil.copy2(self.made, place)
        return None


FAILED = re.compile(r"^(?:\[xUnit\S* \S+\]\s+(.*) \[FAIL\]|\s+Failed (\S+).*)$", re.MULTILINE)


def of_project(project, filters, folder, timeout=LONGEST):
    assembly = next((folder / "tests" / project).glob(f"bin/Release/*/{project}.dll"))
    return run(["dotnet", "test", str(assembly), "--filter", "|".join(f"FullyQualifiedName{one}" for one in filters)], folder,
               timeout)


def failing_before(chosen, folder):
    """What fails before any fault is there: all that the faults need, asked once for each project."""
    needed = {}
    for row in chosen:
        if not row[5].endswith(".sh"):
            project, filters = row[5].split(" ", 1)
            needed.setdefault(project, set()).update(filters.split("|"))
    found = set()
    for project, filters in needed.items():
        code, said = of_project(project, sorted(filters), folder, timeout=4 * LONGEST)
        names = [one or other for one, other in FAILED.findall(said)]
        if code != 0 and not names:
            sys.exit(f"threats: the tests of {project} give no verdict: {said[-300:]}")
        found.update(names)
    return found


def is_needed(name, tests):
    return any(one.lstrip("~") in name for one in tests.split(" ", 1)[1].split("|"))


def run_tests(tests, folder):
    """The first test that failed; None if all passed, and a reason why there is no verdict."""
    if tests.endswith(".sh"):
        code, said = run([f"./{tests}"], folder, timeout=3600)
        failed = re.search("^FAIL.*", said, re.MULTILINE)
        return (failed.group() if failed else tests) if code not in (0, None) else None, None if code is not None else said
    project, filters = tests.split(" ", 1)
    code, said = of_project(project, filters.split("|"), folder)
    failed = FAILED.search(said)
    if "No test matches" in said:
        return None, f"no test is named so: {filters}"
    if code == 0:
        return None, None
    return (failed.group(1) or failed.group(2), None) if failed else (None, said.strip().splitlines()[-1] if said.strip() else "nothing was said")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("pattern", nargs="?", default=".")
    arguments.add_argument("--folder", type=pathlib.Path)
    arguments.add_argument("--scripts", action="store_true")
    given = arguments.parse_args()
    chosen = [row for row in rows() if re.search(given.pattern, f"{row[0]}: {row[1]}")
              and (given.scripts or not row[5].endswith(".sh"))]

    place = (given.folder or pathlib.Path(tempfile.mkdtemp(prefix="threats"))).resolve()
    folder = place / "tree"
    try:
        copy_tree(folder)
        for project in sorted({row[5].split(" ")[0] for row in chosen if not row[5].endswith(".sh")}):
            code, said = run(["dotnet", "build", f"tests/{project}", *BUILD], folder)
            if code != 0:
                sys.exit(f"threats: {project} does not build: {said[-500:]}")
        lived = judge(chosen, folder)
    finally:
        if not given.folder:
            shutil.rmtree(place, ignore_errors=True)
    print(f"{len(chosen) - lived} of {len(chosen)} faults were found.")
    sys.exit(1 if lived or not chosen else 0)


def judge(chosen, folder):
    projects, lived = {}, 0
    before = failing_before(chosen, folder)
    for threat, name, file, old, new, tests in chosen:
        began, path = time.monotonic(), folder / file
        original, project = path.read_text(encoding="utf-8"), None
        if file.startswith("src/"):
            source = file.split("/")[1]
            project = projects.get(source) or projects.setdefault(source, Project(folder, source))
        killer, why = None, None
        if original.count(old) != 1:
            why = f"its snippet occurs {original.count(old)} times"
        elif not tests.endswith(".sh") and any(is_needed(name, tests) for name in before):
            why = "its tests fail without the fault"
        else:
            path.write_text(original.replace(old, new), encoding="utf-8")
            why = project.compile(folder) if project else None
            if why is None:
                killer, why = run_tests(tests, folder)
            path.write_text(original, encoding="utf-8")
            if project:
                project.compile(folder)
        lived += killer is None
        verdict = f"killed  {name}  ({killer})" if killer else f"LIVED   {name}: {why or 'no test noticed'}"
        print(f"{verdict}  [{time.monotonic() - began:.0f} s]  {threat}", flush=True)
    return lived


if __name__ == "__main__":
    main()
