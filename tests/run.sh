#!/usr/bin/env bash
# Sets up what the tests need, builds with warnings as errors, runs every test.
# Ends with a line "N passed, M failed, K skipped".
#   tests/run.sh                everything, fault injection in its short form
#   tests/run.sh --long         the same in its long form, then every suite of tests/long (virtual machine, boards, soak): hours
#   tests/run.sh --long NAME    only the suite tests/long/NAME.sh
set -euo pipefail
cd "$(dirname "$0")/.."

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

command -v dotnet >/dev/null || {
  echo "tests/run.sh: the .NET 10 SDK is missing. Install it (https://dotnet.microsoft.com) and try again." >&2
  exit 1
}

# Real parts for the tests: a broker to talk to, clips to watch, what OpenCV's native library links to.
. tests/install.sh
install_missing \
  dbus systemd python3-dbus python3-gi \
  faketime jq mosquitto mosquitto-clients openssl strace \
  gpsd gpsd-clients \
  nats-server postgresql rabbitmq-server \
  chromium curl ffmpeg libatomic1 libgtk-3-0 python3-jsonschema

long=false only=
if [ "${1:-}" = --long ]; then
  long=true only=${2:-}
  export DRIVERMONITOR_LONG=1
elif [ $# -gt 0 ]; then
  echo "tests/run.sh: '$1' is not understood. Try --long, or nothing." >&2
  exit 64
fi
if [ -n "$only" ] && [ ! -x "tests/long/$only.sh" ]; then
  echo "tests/run.sh: there is no suite tests/long/$only.sh." >&2
  exit 64
fi

dotnet restore --locked-mode -v quiet
dotnet build --no-restore -c Release -v quiet

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
failed_runs=0
for project in tests/*/*.csproj; do
  [ -z "$only" ] || break
  name=$(basename "$project" .csproj)
  # A shell that runs in the background ignores Ctrl-C and so would all its children; some tests press it.
  env --default-signal=INT,QUIT dotnet test "$project" --no-build -c Release -v quiet --blame-hang-timeout 5m --results-directory "$results" \
    --logger "trx;LogFileName=$name.trx" --logger "console;verbosity=normal" || failed_runs=$((failed_runs + 1))
done

# What failed, once more and last, since a long log is often cut in its middle.
python3 tests/failures.py "$results"/*.trx || true

count() { # the sum of one counter over all result files
  cat "$results"/*.trx 2>/dev/null | grep -o '<Counters [^>]*>' | grep -o " $1=\"[0-9]*\"" | grep -o '[0-9]*' | awk '{n += $1} END {print n + 0}'
}
total=$(count total) passed=$(count passed) failed=$(count failed)
# A run that crashed counts as a failure even if it wrote no result.
[ "$failed_runs" -gt 0 ] && [ "$failed" -eq 0 ] && failed=$failed_runs

if $long; then
  for suite in tests/long/${only:-*}.sh; do
    [ -x "$suite" ] || continue
    echo "== $suite"
    total=$((total + 1))
    if "$suite"; then passed=$((passed + 1)); else failed=$((failed + 1)) total=$((total - 1)); fi
  done
fi
echo "$passed passed, $failed failed, $((total - passed - $(count failed))) skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
