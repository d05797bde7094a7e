#!/usr/bin/env bash
# Installs the package in a real Debian 12 that boots in a container, and does with it what happens to a service: set up, frozen,
# killed, misconfigured, stopped, upgraded, removed, purged. Needs root; the Debian is made once, outside of the tree.
#   tests/long/nspawn.sh [PACKAGE.deb]     with its tarball beside it; builds both if none is given
set -euo pipefail
cd "$(dirname "$0")/../.."

[ "$(id -u)" -eq 0 ] || exec sudo "$0" "$@"
. tests/install.sh
install_missing debootstrap systemd-container
. tests/long/nspawn/debian.sh

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
package=${1:-}
if [ -z "$package" ]; then
  deploy/build-deb.sh amd64 "$work"
  package=$(ls "$work"/*.deb)
fi

cp -a --reflink=auto "$base" "$work/root"
root=$work/root
install -d "$root/suite"
cp "$package" "$root/suite/old.deb"
# The same package with a higher number is the next version.
dpkg-deb -R "$package" "$work/next"
sed -i 's/^Version: .*/&+next/' "$work/next/DEBIAN/control"
dpkg-deb --root-owner-group -Zgzip -z1 --build "$work/next" "$root/suite/next.deb" >/dev/null
# The tarball lies beside the package it was built with; a minimal Debian has no xz.
tarball=$(ls "$(dirname "$package")"/drivermonitor-*-linux-x64.tar.xz)
tar -xf "$tarball" -C "$root/suite"
install -m755 tests/long/nspawn/suite.sh "$root/suite/"
install -m644 tests/long/nspawn/steps.sh "$root/suite/"
install -m644 tests/long/nspawn/suite.service "$root/etc/systemd/system/"
ln -s ../suite.service "$root/etc/systemd/system/multi-user.target.wants/suite.service"
# The broker is started by the suite, with a password.
rm -f "$root"/etc/systemd/system/multi-user.target.wants/mosquitto.service "$root/etc/machine-id"
touch "$root/etc/machine-id"

echo "Booting"
timeout 900 systemd-nspawn -q -D "$root" --boot --register=no --keep-unit --private-network --console=pipe >"$work/console" 2>&1 </dev/null || true
cat "$root/suite/report" 2>/dev/null || { tail -40 "$work/console" >&2; exit 1; }
if ! grep -q '^end$' "$root/suite/report" || grep -q '^FAIL' "$root/suite/report"; then
  tail -60 "$root/suite/journal" >&2 2>/dev/null || true
  exit 1
fi
