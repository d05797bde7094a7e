#!/usr/bin/env bash
# Packages the fleet's receiver with its runtime: a .deb with both units.
#   deploy/fleet/build-deb.sh [amd64|arm64] [FOLDER]    into FOLDER, or out/ (default: this machine's architecture)
# The same sources give the same bytes. Needs the .NET 10 SDK, dpkg-deb and python3.
set -euo pipefail
cd "$(dirname "$0")/../.."

. deploy/package.sh
package_for deploy/fleet/build-deb.sh "$@"
root=$work/drivermonitor-fleet_${version}_$arch
lib=$root/usr/lib/drivermonitor-fleet
doc=$root/usr/share/doc/drivermonitor-fleet

dotnet build src/DriverMonitor.Fleet -c Release -v quiet -nologo
publish_self_contained src/DriverMonitor.Fleet "$lib"
rm "$lib/fleet.json"

# Manual page and completions come from the program's own command tree; this machine's build of it prints them.
describe() { dotnet src/DriverMonitor.Fleet/bin/Release/net10.0/drivermonitor-fleet.dll completion "$1"; }

# The pages in their folders, so that a link in one finds the other.
lay_out_documents() {
  local page
  while read -r page; do install -Dm644 "$page" "$doc/$page"; done < <(
    find docs/fleet.md docs/console.md docs/pictures/console* deploy/{README,METRICS}.md deploy/mosquitto/README.md deploy/fleet -type f \
      -not -name '*.sh' -not -path '*/debian/*' -not -path '*/systemd/*')
  install -m755 deploy/fleet/sign-order.sh "$doc/deploy/fleet"
  ln -s deploy/fleet/README.md docs/fleet.md docs/console.md "$doc"
  install -m644 deploy/debian/copyright "$doc"
}

install -d "$root/usr/bin" "$doc" "$root/usr/share/man/man1" "$root/usr/share/lintian/overrides"
ln -s ../lib/drivermonitor-fleet/drivermonitor-fleet "$root/usr/bin/drivermonitor-fleet"
install -Dm644 deploy/fleet/systemd/*.service -t "$root/usr/lib/systemd/system"
lay_out_documents
describe man | gzip -9n > "$root/usr/share/man/man1/drivermonitor-fleet.1.gz"
install -d "$root"/usr/share/{bash-completion/completions,zsh/vendor-completions,fish/vendor_completions.d}
describe bash > "$root/usr/share/bash-completion/completions/drivermonitor-fleet"
describe zsh > "$root/usr/share/zsh/vendor-completions/_drivermonitor-fleet"
describe fish > "$root/usr/share/fish/vendor_completions.d/drivermonitor-fleet.fish"
sed 's/^drivermonitor /drivermonitor-fleet /' deploy/debian/changelog | gzip -9nc > "$doc/changelog.gz"
install -m644 deploy/fleet/debian/lintian-overrides "$root/usr/share/lintian/overrides/drivermonitor-fleet"
chmod -R u=rwX,go=rX "$root"
find "$lib" -type f -exec chmod 644 {} +
chmod 755 "$lib/drivermonitor-fleet"
# Every file with its hash, every library with its licence.
list=usr/share/doc/drivermonitor-fleet/sbom.cdx.json
deploy/sbom.py "$root" "$lib/drivermonitor-fleet.deps.json" --name drivermonitor-fleet --version "$version" \
  --leave-out "$list" --notices "$doc/THIRD-PARTY.md" >"$work/sbom"
install -m644 "$work/sbom" "$root/$list"
find "$root" -exec touch -hd "@$SOURCE_DATE_EPOCH" {} +

write_control "$root" deploy/fleet/debian
install -d "$out"
dpkg-deb --root-owner-group -Zxz -z3 --build "$root" "$out" >/dev/null
made=$out/drivermonitor-fleet_${version}_$arch.deb
echo "$made: $(du -m --apparent-size "$made" | cut -f1) MB, installed $(du -sm --apparent-size "$root" | cut -f1) MB"
