#!/usr/bin/env bash
# Draws phones and hands before the chest of a labelled clip and prints what the real program finds of them; then builds, tests and
# publishes without the phone detector (-p:PhoneModel=false), from a copy of the tree in which its weights do not exist.
set -euo pipefail
cd "$(dirname "$0")/../.."

. tests/install.sh
install_missing ffmpeg
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [ -d ../shared/data/video ]; then
  dotnet build src/DriverMonitor -c Release -v quiet >/dev/null
  python3 tests/long/robustness/phone.py src/DriverMonitor/bin/Release/net10.0/drivermonitor.dll \
    ../shared/data/video/incluit-driver-behaviour/data_video1.mp4 "$work"
else
  echo "No shared clips beside the project: no phone is drawn on them."
fi

mkdir "$work/tree"
git ls-files -z | tar -c --null -T - | tar -x -C "$work/tree"
cd "$work/tree"
rm models/nanodet_plus_m_320.onnx models/phone-detector.md

dotnet test tests/DriverMonitor.Tests -c Release -v quiet -p:PhoneModel=false --filter 'FullyQualifiedName~Tests.Vision'

dotnet publish src/DriverMonitor -c Release -v quiet -p:PhoneModel=false -o "$work/published" >/dev/null
test ! -e "$work/published/models/nanodet_plus_m_320.onnx"
"$work/published/drivermonitor" check --config deploy/drivermonitor.json >"$work/check" || true # no camera and no broker here
grep 'a build without the phone detector' "$work/check"
