#!/usr/bin/env bash
# How much of espeak's speech is found in the noise of a road, how much of its gaps is taken for speech, what it costs, and
# whether a withdrawn consent closes the microphone within a second. Prints the figures of models/speech.md.
set -euo pipefail
cd "$(dirname "$0")/../.."

command -v espeak-ng >/dev/null && command -v ffmpeg >/dev/null || {
  as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends espeak-ng ffmpeg >/dev/null
}
DRIVERMONITOR_LONG=1 dotnet test tests/DriverMonitor.Tests -c Release --filter 'FullyQualifiedName~Tests.Voice' \
  --logger 'console;verbosity=detailed'
