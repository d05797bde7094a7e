#!/usr/bin/env bash
# Builds the receiver, starts it alone with 20 simulated vehicles, and says what arrived. Exit code 0 if every event was stored once.
#   deploy/fleet/demo.sh            ends by itself
#   deploy/fleet/demo.sh --stay     goes on serving the API until Ctrl+C
set -euo pipefail
cd "$(dirname "$0")/../.."
dotnet build src/DriverMonitor.Fleet -c Release -v quiet -nologo -clp:ErrorsOnly
exec dotnet src/DriverMonitor.Fleet/bin/Release/net10.0/drivermonitor-fleet.dll demo "$@"
