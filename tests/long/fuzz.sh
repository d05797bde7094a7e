#!/usr/bin/env bash
# Feeds every reader of foreign bytes with what it has not seen yet, beginning with the kept inputs (tests/corpora), and keeps what
# leads it somewhere new. Ends with a line of counts for each reader; fails if one throws what it may not, or takes too long.
#   tests/long/fuzz.sh [MINUTES]     30 without; a release is given a day: 1440
set -euo pipefail
cd "$(dirname "$0")/../.."

export DRIVERMONITOR_FUZZ_MINUTES=${1:-30} DRIVERMONITOR_CORPORA=${DRIVERMONITOR_CORPORA:-$PWD/tests/corpora}
began=$SECONDS
dotnet build -c Release -v quiet -nologo tests/DriverMonitor.Tests >/dev/null
answer=0
dotnet test tests/DriverMonitor.Tests --no-build -c Release -v quiet \
  --filter 'FullyQualifiedName~CorpusFuzzTests.Something_new_is_looked_for' || answer=$?
echo "After $(((SECONDS - began) / 60)) minutes, $DRIVERMONITOR_FUZZ_MINUTES of them at it:"
column -t -s "$(printf '\t')" "$DRIVERMONITOR_CORPORA/counts.txt"
exit $answer
