#!/usr/bin/env bash
# The fleet's receiver under everything that may be killed: receivers, nodes of a RabbitMQ cluster of three, the database, each while
# vehicles drive; the database away for a minute, read-only, its disk full; a broker that drops what it acknowledged; a dump of yesterday;
# and a million broken messages. Nothing may be lost, nothing doubled.
#   tests/long/fleet.sh            all of it: 200 kills, about an hour
#   tests/long/fleet.sh KILLS      so many kills instead
set -euo pipefail
cd "$(dirname "$0")/../.."

. tests/install.sh
install_missing mosquitto postgresql rabbitmq-server

kills=${1:-200}
export DRIVERMONITOR_LONG=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
export DRIVERMONITOR_KILLS=$(((kills + 2) / 3))
dotnet build tests/DriverMonitor.Fleet.Tests -c Release -v quiet
dotnet test tests/DriverMonitor.Fleet.Tests --no-build -c Release -v quiet --logger "console;verbosity=normal" \
  --filter 'FullyQualifiedName~KillTests|FullyQualifiedName~OutageTests|FullyQualifiedName~EventReaderTests'
