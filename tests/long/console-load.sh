#!/usr/bin/env bash
# What the console bears: the real receiver with 10,000 vehicles, a quarter of a year of history and 1,000 events a second, five programs
# at its stream, four people at its screens, and a browser. Fails above 2 s from sent to seen (p99), 100 ms of an answer (p99), 200 ms of a
# task while somebody scrolls, and where memory grows by a quarter. Prints the figures of docs/console.md.
#   tests/long/console-load.sh [sqlite|postgres]       both if none is named
#   CONSOLE_LOAD_SECONDS=300 CONSOLE_LOAD_VEHICLES=10000
set -euo pipefail
cd "$(dirname "$0")/../.."

. tests/install.sh
install_missing chromium postgresql
vehicles=${CONSOLE_LOAD_VEHICLES:-10000}
ulimit -n "$(ulimit -Hn)"
if [ "$(ulimit -n)" -lt $((vehicles + 1000)) ]; then
  echo "tests/long/console-load.sh: $vehicles vehicles want $((vehicles + 1000)) open files, and $(ulimit -n) are allowed." >&2
  exit 1
fi
dotnet build tests/DriverMonitor.Fleet.Tests -c Release -v quiet -nologo
DRIVERMONITOR_LONG=1 dotnet test tests/DriverMonitor.Fleet.Tests --no-build -c Release -v quiet --nologo \
  --logger 'console;verbosity=detailed' --filter "FullyQualifiedName~ConsoleLoadTests${1:+&DisplayName~$1}"
