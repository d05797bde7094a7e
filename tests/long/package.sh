#!/usr/bin/env bash
# Builds both packages, lets lintian judge them, builds one again (the same bytes must come out), and runs the program as it
# lies in the package of this machine's architecture.
set -euo pipefail
cd "$(dirname "$0")/../.."

. tests/install.sh
install_missing lintian

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for arch in amd64 arm64; do
  deploy/build-deb.sh "$arch" "$work"
  lintian --fail-on error,warning --allow-root "$work"/*_"$arch".deb
done

own=$(dpkg --print-architecture)
deploy/build-deb.sh "$own" "$work/again" >/dev/null
for made in "$work"/again/*; do
  cmp "$made" "$work/$(basename "$made")"
done

dpkg-deb -x "$work"/*_"$own".deb "$work/installed"
"$work/installed/usr/bin/drivermonitor" check --config deploy/drivermonitor.json | tee "$work/check" || true
grep -q '^ok    models .* finds the known face to 0\.' "$work/check"
