#!/usr/bin/env bash
# Runs the arm64 package's own program on emulated arm64 with Debian 12's arm64 libraries: the models' self-test must give
# the stored landmarks. Correctness only: emulation says nothing about time. Nothing is installed on this machine; what is
# needed is unpacked once outside of the tree.
#   tests/long/arm64.sh [PACKAGE.deb]     builds the package if none is given
set -euo pipefail
cd "$(dirname "$0")/../.."

cache=${XDG_CACHE_HOME:-$HOME/.cache}/drivermonitor-tests/arm64

# fetch SUITE ARCH INTO PACKAGE...: packages of another Debian, by an apt that knows nothing of this machine's
fetch() {
  local suite=$1 arch=$2 into=$3
  shift 3
  [ -e "$into/.done" ] && return
  rm -rf "$into"
  mkdir -p "$into" "$into.apt/lists/partial" "$into.apt/archives/partial"
  : >"$into.apt/status"
  echo "deb [arch=$arch signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian $suite main" >"$into.apt/sources.list"
  local apt=(apt-get -qq -o "Dir::State=$into.apt" -o "Dir::State::status=$into.apt/status" -o "Dir::Cache=$into.apt"
    -o "Dir::Etc::sourcelist=$into.apt/sources.list" -o Dir::Etc::sourceparts=/dev/null
    -o "APT::Architecture=$arch" -o "APT::Architectures=$arch" -o APT::Sandbox::User=)
  "${apt[@]}" update
  (cd "$into.apt/archives" && "${apt[@]}" download "$@")
  for package in "$into.apt"/archives/*.deb; do dpkg-deb -x "$package" "$into"; done
  rm -rf "$into.apt"
  touch "$into/.done"
}

# Debian 12's own qemu 7.2 crashes in the .NET runtime; 10 does not. It is linked statically and runs from where it lies.
fetch trixie amd64 "$cache/qemu" qemu-user
fetch bookworm arm64 "$cache/root" libc6 libstdc++6 libgcc-s1 libssl3 zlib1g

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
package=${1:-}
if [ -z "$package" ]; then
  deploy/build-deb.sh arm64 "$work"
  package=$(ls "$work"/*.deb)
fi
[ "$(dpkg-deb -f "$package" Architecture)" = arm64 ]
dpkg-deb -x "$package" "$work/installed"

# On emulated processors the runtime must not map its code twice.
emulated() {
  timeout 600 "$cache/qemu/usr/bin/qemu-aarch64" -L "$cache/root" -E DOTNET_EnableWriteXorExecute=0 -E DOTNET_EnableDiagnostics=0 \
    "$work/installed/usr/lib/drivermonitor/drivermonitor" "$@"
}

# There is no camera here, so check as a whole fails; the models must not.
emulated check --config deploy/drivermonitor.json >"$work/check" 2>"$work/errors" || true
cat "$work/check"
grep -q '^ok    configuration' "$work/check" || { cat "$work/errors" >&2; exit 1; }
grep -q '^ok    models .* finds the known face to 0\.' "$work/check" || { cat "$work/errors" >&2; exit 1; }
