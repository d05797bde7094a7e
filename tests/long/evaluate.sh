#!/usr/bin/env bash
# Evaluates the built-in drives and, where they lie beside the project, the labelled clips; independent scripts count the clips and
# compute the intervals again and must agree; drawn drivers are compared for bias. Writes docs/results.md.
#   EVALUATE_OUT=DIR     keeps figures and pages (default: a folder below /tmp)
#   EVALUATE_PAGE=FILE   where the page goes
#   EVALUATE_PROGRAM=DLL a program that was built already (default: builds it)
set -euo pipefail
cd "$(dirname "$0")/../.."

out=${EVALUATE_OUT:-/tmp/drivermonitor-evaluate}
mkdir -p "$out"
program=${EVALUATE_PROGRAM:-src/DriverMonitor/bin/Release/net10.0/drivermonitor.dll}
[ -n "${EVALUATE_PROGRAM:-}" ] || dotnet build src/DriverMonitor -c Release -v quiet >/dev/null
dotnet "$program" evaluate --builtin --json "$out/builtin.json" --html "$out/builtin.html"
dotnet "$program" audit bias --json "$out/bias.json"
if [ -d ../shared/data/video ]; then
  dotnet "$program" evaluate ../shared/data/video --json "$out/clips.json" --html "$out/clips.html"
  dotnet "$program" evaluate tests/long/evaluate/shared-data.json --data ../shared/data --json "$out/heart.json"
  python3 tests/long/evaluate/check.py "$program" ../shared/data/video "$out/clips.json"
else
  rm -f "$out/clips.json" "$out/heart.json"
  echo "no labelled clips beside the project: only drawn drives were judged"
fi
python3 tests/long/evaluate/intervals.py "$out"/builtin.json $(ls "$out"/clips.json 2>/dev/null || true)
python3 tests/long/evaluate/results.py "$out" "${EVALUATE_PAGE:-docs/results.md}" "$(date +%F)"
