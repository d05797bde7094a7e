#!/usr/bin/env bash
# Installs the fleet's package in a real Debian 12 that boots in a container, with the README's two commands, and does with it what
# happens to a service: asked, killed, a second receiver, upgraded, removed, purged. Needs root; the Debian is made once.
#   tests/long/fleet-nspawn.sh [PACKAGE.deb]     builds it if none is given
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
  deploy/fleet/build-deb.sh amd64 "$work"
  package=$(ls "$work"/*.deb)
fi

cp -a --reflink=auto "$base" "$work/root"
root=$work/root
install -d "$root/suite"
cp "$package" "$root/suite/old.deb"
dpkg-deb -R "$package" "$work/next"
sed -i 's/^Version: .*/&+next/' "$work/next/DEBIAN/control"
dpkg-deb --root-owner-group -Zgzip -z1 --build "$work/next" "$root/suite/next.deb" >/dev/null
install -m755 tests/long/nspawn/fleet-suite.sh "$root/suite/suite.sh"
install -m644 tests/long/nspawn/steps.sh "$root/suite/"
install -m644 tests/long/nspawn/suite.service "$root/etc/systemd/system/"
ln -s ../suite.service "$root/etc/systemd/system/multi-user.target.wants/suite.service"
rm -f "$root"/etc/systemd/system/multi-user.target.wants/mosquitto.service "$root/etc/machine-id"
touch "$root/etc/machine-id"

echo "Booting"
timeout 600 systemd-nspawn -q -D "$root" --boot --register=no --keep-unit --private-network --console=pipe >"$work/console" 2>&1 </dev/null || true
cat "$root/suite/report" 2>/dev/null || { tail -40 "$work/console" >&2; exit 1; }
if ! grep -q '^end$' "$root/suite/report" || grep -q '^FAIL' "$root/suite/report"; then
  cat "$root/suite/errors" >&2 2>/dev/null || true
  tail -60 "$root/suite/journal" >&2 2>/dev/null || true
  exit 1
fi
