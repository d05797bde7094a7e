#!/usr/bin/env bash
# Builds the program if needed and shows it at work: one minute of a scripted drive, no hardware, no network.
set -euo pipefail
cd "$(dirname "$0")/.."

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

command -v dotnet >/dev/null || {
  echo "deploy/demo.sh: the .NET 10 SDK is missing. Install it (https://dotnet.microsoft.com) and try again." >&2
  exit 1
}

dotnet build src/DriverMonitor -c Release -v quiet
exec dotnet src/DriverMonitor/bin/Release/net10.0/drivermonitor.dll demo "$@"
