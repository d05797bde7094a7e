#!/usr/bin/env bash
# Puts photographed phones, in drawn hands, before the chest of a labelled clip and prints what the real program finds of them; then
# builds, tests and publishes without the phone detector (-p:PhoneModel=false), from a copy of the tree without its weights.
# The photographs are those of the npm package @devicefarmer/stf-device-db (CC BY-SA 4.0): they are measured with, and not kept.
#   PHONE_PART=clips|build   only the one or the other
set -euo pipefail
cd "$(dirname "$0")/../.."

. tests/install.sh
install_missing ffmpeg python3-opencv
command -v npm >/dev/null || install_missing npm
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

clips() {
  if [ ! -d ../shared/data/video ]; then
    echo "No shared clips beside the project: no phone is put before them."
    return
  fi
  (cd "$work" && npm pack --silent @devicefarmer/stf-device-db@1.4.0 >/dev/null && tar xzf devicefarmer-stf-device-db-1.4.0.tgz)
  dotnet build src/DriverMonitor -c Release -v quiet >/dev/null
  /usr/bin/python3 tests/long/robustness/phone.py src/DriverMonitor/bin/Release/net10.0/drivermonitor.dll \
    ../shared/data/video/incluit-driver-behaviour/data_video1.mp4 "$work/package/dist/photo/x800" "$work"
}

build() {
  mkdir "$work/tree"
  git ls-files -z | tar -c --null -T - | tar -x -C "$work/tree"
  cd "$work/tree"
  rm models/nanodet_plus_m_320.onnx models/phone-detector.md

  dotnet test tests/DriverMonitor.Tests -c Release -v quiet -p:PhoneModel=false --filter 'FullyQualifiedName~Tests.Vision'

  dotnet publish src/DriverMonitor -c Release -v quiet -p:PhoneModel=false -o "$work/published" >/dev/null
  test ! -e "$work/published/models/nanodet_plus_m_320.onnx"
  "$work/published/drivermonitor" check --config deploy/drivermonitor.json >"$work/check" || true # no camera and no broker here
  grep 'a build without the phone detector' "$work/check"
}

part=${PHONE_PART:-both}
[ "$part" = build ] || clips
[ "$part" = clips ] || build
