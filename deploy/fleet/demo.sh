#!/usr/bin/env bash
# Builds the receiver if needed, starts it alone with 20 simulated vehicles, and says where it answers and what arrived. Exit code 0
# if every event was stored, once.
#   deploy/fleet/demo.sh            ends by itself
#   deploy/fleet/demo.sh --stay     goes on serving the API until Ctrl+C
set -euo pipefail
cd "$(dirname "$0")/../.."

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

command -v dotnet >/dev/null || {
  echo "deploy/fleet/demo.sh: the .NET 10 SDK is missing. Install it (https://dotnet.microsoft.com) and try again." >&2
  exit 1
}
[ -e src/DriverMonitor.Fleet/obj/project.assets.json ] ||
  echo "First run: packages are fetched and the program is built, for a minute or two. Later runs take seconds." >&2

program=src/DriverMonitor.Fleet/bin/Release/net10.0/drivermonitor-fleet.dll
changed() {
  [ ! -e "$program" ] ||
    [ -n "$(find src/DriverMonitor.Core src/DriverMonitor.Fleet src/*.props -newer "$program" -type f -not -path '*/obj/*' -not -path '*/bin/*' -print -quit)" ]
}
if changed; then dotnet build src/DriverMonitor.Fleet -c Release -v quiet -nologo -tl:off "-clp:ErrorsOnly;NoSummary"; fi
exec dotnet "$program" demo "$@"
