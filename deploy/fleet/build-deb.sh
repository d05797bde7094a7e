#!/usr/bin/env bash
# Packages the fleet's receiver with its runtime: a .deb with both units.
#   deploy/fleet/build-deb.sh [amd64|arm64] [FOLDER]    into FOLDER, or out/ (default: this machine's architecture)
# The same sources give the same bytes. Needs the .NET 10 SDK, dpkg-deb and python3.
set -euo pipefail
cd "$(dirname "$0")/../.."

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

arch=${1:-$(dpkg --print-architecture)}
out=${2:-out}
case $arch in
  amd64) runtime=linux-x64 ;;
  arm64) runtime=linux-arm64 ;;
  *) echo "deploy/fleet/build-deb.sh: '$arch' is not understood. Give amd64 or arm64." >&2; exit 64 ;;
esac
version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' src/Directory.Build.props)
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/drivermonitor-fleet_${version}_$arch
lib=$root/usr/lib/drivermonitor-fleet
doc=$root/usr/share/doc/drivermonitor-fleet

dotnet publish src/DriverMonitor.Fleet -c Release -r "$runtime" --self-contained -o "$lib" -v quiet -nologo \
  -p:DebugType=none -p:SatelliteResourceLanguages=en -p:Deterministic=true -p:ContinuousIntegrationBuild=true
rm -f "$lib"/createdump "$lib"/libmscordaccore.so "$lib"/libmscordbi.so "$lib"/*.xml "$lib"/fleet.json

install -d "$root/usr/bin" "$doc" "$root/usr/share/lintian/overrides"
ln -s ../lib/drivermonitor-fleet/drivermonitor-fleet "$root/usr/bin/drivermonitor-fleet"
install -Dm644 deploy/fleet/systemd/*.service -t "$root/usr/lib/systemd/system"
install -m644 deploy/fleet/README.md deploy/fleet/orders.md docs/fleet.md deploy/debian/copyright "$doc"
cp -r deploy/fleet/cluster deploy/fleet/kubernetes deploy/fleet/grafana deploy/fleet/prometheus "$doc"
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

install -d "$root/DEBIAN"
sed -e "s/@VERSION@/$version/" -e "s/@ARCH@/$arch/" -e "s/@SIZE@/$(du -sk --apparent-size "$root" | cut -f1)/" \
  deploy/fleet/debian/control > "$root/DEBIAN/control"
install -m755 deploy/fleet/debian/{postinst,prerm,postrm} "$root/DEBIAN/"
(cd "$root" && find usr -type f -print0 | sort -z | xargs -0 md5sum > DEBIAN/md5sums)
chmod 644 "$root"/DEBIAN/{control,md5sums}
install -d "$out"
dpkg-deb --root-owner-group -Zxz -z3 --build "$root" "$out" >/dev/null
made=$out/drivermonitor-fleet_${version}_$arch.deb
echo "$made: $(du -m --apparent-size "$made" | cut -f1) MB, installed $(du -sm --apparent-size "$root" | cut -f1) MB"
