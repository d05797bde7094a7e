#!/usr/bin/env bash
# Degrades clips (infrared look, noise, dark, flicker, few pictures, sunglasses, a wrong mount ...), lets the real program judge
# them, and writes tests/ROBUSTNESS.md. Without the shared clips beside the project the scripted portrait is degraded alone.
#   ROBUSTNESS_CACHE=DIR        keeps degraded clips and results (default: a folder below /tmp)
#   ROBUSTNESS_VARIANTS='a;b'   only these; the page keeps its other rows, and says so
#   ROBUSTNESS_PAGE=FILE        where the page goes
set -euo pipefail
cd "$(dirname "$0")/../.."

. tests/install.sh
install_missing ffmpeg
cache=${ROBUSTNESS_CACHE:-/tmp/drivermonitor-robustness}
mkdir -p "$cache"
dotnet build tests/DriverMonitor.Tests -c Release -v quiet >/dev/null
portrait=$cache/portrait.mp4
[ -f "$portrait" ] || ROBUSTNESS_CLIP=$portrait dotnet test tests/DriverMonitor.Tests --no-build -c Release -v quiet --filter FullyQualifiedName~RobustnessClip

more=()
[ ! -d ../shared/data/video ] || more+=(--shared ../shared/data)
[ -z "${ROBUSTNESS_VARIANTS:-}" ] || more+=(--variants "$ROBUSTNESS_VARIANTS")
python3 tests/long/robustness/measure.py src/DriverMonitor/bin/Release/net10.0/drivermonitor.dll "$portrait" "$cache" \
  "${ROBUSTNESS_PAGE:-tests/ROBUSTNESS.md}" "${more[@]}"
