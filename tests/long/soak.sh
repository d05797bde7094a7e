#!/usr/bin/env bash
# A thousand simulated hours at the wheel with a fault every ten minutes.
#   SOAK_HOURS=1000   simulated
set -euo pipefail
cd "$(dirname "$0")/../.."

dotnet build tests/DriverMonitor.Core.Tests -c Release -v quiet >/dev/null
SOAK_HOURS=${SOAK_HOURS:-1000} dotnet test tests/DriverMonitor.Core.Tests --no-build -c Release -v quiet --filter FullyQualifiedName~SoakTests
