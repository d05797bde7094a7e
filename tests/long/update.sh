#!/usr/bin/env bash
# Brings an installed service up to date in a real Debian 12 that boots in a container: from a signed repository, to a good version
# and to bad ones, from which it must come back within a minute; unsigned, older and tampered ones must be refused. Needs root.
#   tests/long/update.sh [PACKAGE.deb]     builds one if none is given
set -euo pipefail
cd "$(dirname "$0")/../.."

[ "$(id -u)" -eq 0 ] || exec sudo "$0" "$@"
. tests/install.sh
install_missing debootstrap systemd-container apt-utils gpg
. tests/long/nspawn/debian.sh

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
package=${1:-}
if [ -z "$package" ]; then
  deploy/build-deb.sh amd64 "$work" >/dev/null
  package=$(ls "$work"/*.deb)
fi

cp -a --reflink=auto "$base" "$work/root"
suite=$work/root/suite
install -d "$suite/packages"
dpkg-deb -R "$package" "$work/tree"
program=$work/tree/usr/lib/drivermonitor/drivermonitor
mv "$program" "$work/program"
make_version() { # VERSION [SCRIPT [COMMANDS]]: what "run", or every one of COMMANDS, does in the place of the real program
  sed -i "s/^Version: .*/Version: $1/" "$work/tree/DEBIAN/control"
  if [ -n "${2:-}" ]; then
    printf '#!/bin/sh\ncase $1 in %s) ;; *) exec "$(dirname "$(readlink -f "$0")")/drivermonitor.real" "$@" ;; esac\n%s\n' "${3:-run}" "$2" >"$program"
    chmod 755 "$program"
  else
    cp "$work/program" "$program"
  fi
  dpkg-deb --root-owner-group -Zgzip -z1 --build "$work/tree" "$suite/packages/drivermonitor_${1}_amd64.deb" >/dev/null
}
# Its libraries are looked for beside it, whatever its name.
cp "$work/program" "$work/tree/usr/lib/drivermonitor/drivermonitor.real"
make_version 0.2.0
make_version 0.2.1
make_version 0.3.0 'exit 1'
make_version 0.3.1 'sleep 1000'
make_version 0.3.2 'systemd-notify --ready --status="Cannot watch the driver: camera_lost."; while sleep 1; do systemd-notify WATCHDOG=1; done'
make_version 0.3.3 'exit 1'
make_version 0.4.0 'exit 134' '*'
make_version 0.1.9

# Two makers' keys: ours, and a stranger's.
export GNUPGHOME=$work/gnupg
install -dm700 "$GNUPGHOME"
for name in ours stranger; do
  gpg --batch --quiet --passphrase '' --quick-generate-key "$name@example.invalid" ed25519 sign never
done
repository() { # NAME KEY VERSION...
  local name=$1 key=$2
  shift 2
  sleep 1
  VALID_FOR=${VALID_FOR:-"30 days"} deploy/update/make-repository.sh "$suite/$name" "$key@example.invalid" "file:/suite/live" \
    $(for version in "$@"; do echo "$suite/packages/drivermonitor_${version}_amd64.deb"; done) >/dev/null
}
repository theirs stranger 0.2.1 0.3.0
repository unsigned ours 0.2.1 0.3.0
rm "$suite/unsigned/dists/stable/InRelease"
# In the order of their use: apt takes no list that is older than the one it has.
repository good ours 0.2.0 0.2.1
repository tampered ours 0.2.0 0.2.1
printf x >>"$suite/tampered/pool/drivermonitor_0.2.1_amd64.deb"
repository mended ours 0.2.0 0.2.1
repository older ours 0.1.9
repository broken ours 0.2.1 0.4.0
repository exits ours 0.2.1 0.3.0
repository hangs ours 0.2.1 0.3.1
repository blind ours 0.2.1 0.3.2
repository interrupted ours 0.2.1 0.3.3
rm -rf "$work/tree"

install -m755 tests/long/update/suite.sh "$suite/"
install -m644 tests/long/nspawn/steps.sh "$suite/"
sed 's:/suite/suite.sh.*:/suite/suite.sh:' tests/long/nspawn/suite.service >"$work/root/etc/systemd/system/suite.service"
ln -s ../suite.service "$work/root/etc/systemd/system/multi-user.target.wants/suite.service"
rm -f "$work"/root/etc/systemd/system/multi-user.target.wants/mosquitto.service "$work/root/etc/machine-id"
touch "$work/root/etc/machine-id"

echo "Booting"
timeout 1500 systemd-nspawn -q -D "$work/root" --boot --register=no --keep-unit --private-network --console=pipe >"$work/console" 2>&1 </dev/null || true
cat "$suite/report" 2>/dev/null || { tail -40 "$work/console" >&2; exit 1; }
if ! grep -q '^end$' "$suite/report" || grep -q '^FAIL' "$suite/report"; then
  tail -80 "$suite/journal" >&2 2>/dev/null || true
  exit 1
fi
