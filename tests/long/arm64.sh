#!/usr/bin/env bash
# Installs the arm64 package in a Debian 12 for arm64 whose every program is emulated, maintainer scripts too: install, check,
# the service's program, install again, upgrade, remove, purge. Correctness only: emulation says nothing about time.
# Without systemd, which nspawn.sh boots. Needs root and binfmt_misc; the Debian is made once, outside of the tree.
#   tests/long/arm64.sh [PACKAGE.deb]     builds the package if none is given
set -euo pipefail
cd "$(dirname "$0")/../.."

[ "$(id -u)" -eq 0 ] || exec sudo "$0" "$@"
. tests/install.sh
install_missing debootstrap systemd-container

cache=${XDG_CACHE_HOME:-$HOME/.cache}/drivermonitor-tests
qemu=$cache/arm64/qemu
base=$cache/bookworm-arm64
emulator=drivermonitor-arm64-$$
work=$(mktemp -d)
binfmt=$work/binfmt

tidy() {
  [ ! -e "$binfmt/$emulator" ] || echo -1 >"$binfmt/$emulator"
  ! mountpoint -q "$binfmt" || umount "$binfmt"
  rm -rf --one-file-system "$work"
  # nspawn leaves this where /run is on a disk.
  rmdir "/run/systemd/nspawn/propagate/$emulator" 2>/dev/null || true
}
trap tidy EXIT

# Debian 12's own qemu 7.2 crashes in the .NET runtime; Debian 13's does not. It is linked statically and runs from where it
# lies, fetched by an apt that knows nothing of this machine's.
fetch_qemu() {
  [ -e "$qemu/.done" ] && return
  rm -rf "$qemu" "$qemu.apt"
  mkdir -p "$qemu" "$qemu.apt/lists/partial" "$qemu.apt/archives/partial"
  : >"$qemu.apt/status"
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian trixie main" >"$qemu.apt/sources.list"
  local apt=(apt-get -qq -o "Dir::State=$qemu.apt" -o "Dir::State::status=$qemu.apt/status" -o "Dir::Cache=$qemu.apt"
    -o "Dir::Etc::sourcelist=$qemu.apt/sources.list" -o Dir::Etc::sourceparts=/dev/null -o APT::Sandbox::User=)
  "${apt[@]}" update
  (cd "$qemu.apt/archives" && "${apt[@]}" download qemu-user)
  dpkg-deb -x "$qemu.apt"/archives/qemu-user_*.deb "$qemu"
  rm -rf "$qemu.apt"
  touch "$qemu/.done"
}

# emulate: from here on this kernel gives programs for arm64 to qemu, in every root (F: it is opened now, by its path here).
# The newest of several entries wins, so an emulator that the machine already has is left as it is.
emulate() {
  [ "$(dpkg --print-architecture)" != arm64 ] || return 0
  fetch_qemu
  mkdir "$binfmt"
  mount -t binfmt_misc binfmt_misc "$binfmt"
  local magic='\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\xb7\x00'
  local mask='\xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff'
  echo ":$emulator:M::$magic:$mask:$qemu/usr/bin/qemu-aarch64:PF" >"$binfmt/register"
}

emulate
if [ ! -d "$base" ]; then
  echo "Making a Debian 12 for arm64 in $base"
  rm -rf "$base.new"
  # What the package depends on is in it, so that apt needs no network afterwards.
  debootstrap --arch=arm64 --variant=minbase --include=adduser,libgcc-s1,libssl3,libstdc++6,zlib1g \
    bookworm "$base.new" http://deb.debian.org/debian >"$base.log" 2>&1 || { tail -5 "$base.log" >&2; exit 1; }
  mv "$base.new" "$base"
fi

package=${1:-}
if [ -z "$package" ]; then
  deploy/build-deb.sh arm64 "$work"
  package=$(ls "$work"/*.deb)
fi
[ "$(dpkg-deb -f "$package" Architecture)" = arm64 ]

root=$work/root
cp -a --reflink=auto "$base" "$root"
install -d "$root/suite"
cp "$package" "$root/suite/drivermonitor.deb"
# The same package with a higher number is the next version.
dpkg-deb -R "$package" "$work/next"
sed -i 's/^Version: .*/&+next/' "$work/next/DEBIAN/control"
dpkg-deb --root-owner-group -Zgzip -z1 --build "$work/next" "$root/suite/next.deb" >/dev/null
install -m755 tests/long/arm64/suite.sh "$root/suite/"

# On emulated processors the runtime must not map its code twice.
timeout 3600 systemd-nspawn -q -D "$root" --machine="$emulator" --register=no --keep-unit --private-network --as-pid2 --pipe \
  --setenv=DOTNET_EnableWriteXorExecute=0 --setenv=DOTNET_EnableDiagnostics=0 /suite/suite.sh </dev/null 2>&1 | tee "$work/report" || true
grep -q '^end$' "$work/report" && ! grep -q '^FAIL' "$work/report"
