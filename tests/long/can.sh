#!/usr/bin/env bash
# How long a speed takes from the bus to the judgement, on a quiet bus, a busy one and in a flood; and a million hostile frames,
# databases and sentences. The kernel's own bus is tried by tests/long/vm.sh can.
set -euo pipefail
cd "$(dirname "$0")/../.."

DRIVERMONITOR_LONG=1 dotnet test tests/DriverMonitor.Tests -c Release \
  --filter 'FullyQualifiedName~SpeedDelayTests|FullyQualifiedName~HostileVehicleTests' --logger 'console;verbosity=detailed'
