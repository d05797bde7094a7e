#!/usr/bin/env bash
# Packages the program with its runtime, natives and models: a .deb, and a tarball for systems without dpkg.
#   deploy/build-deb.sh [amd64|arm64] [FOLDER]    into FOLDER, or out/ (default: this machine's architecture)
# The same sources give the same bytes. Needs the .NET 10 SDK, dpkg-deb and python3.
set -euo pipefail
cd "$(dirname "$0")/.."

. deploy/package.sh
package_for deploy/build-deb.sh "$@"
root=$work/drivermonitor_${version}_$arch
lib=$root/usr/lib/drivermonitor
doc=$root/usr/share/doc/drivermonitor

publish() {
  dotnet build src/DriverMonitor -c Release -v quiet -nologo
  publish_self_contained src/DriverMonitor "$lib"
  # OpenCV stays out: 110 MB and GTK for what ffmpeg does better.
  rm -f "$lib"/libOpenCvSharpExtern.so "$lib"/onnxruntime*.{dll,lib}
}

# Manual page and completions come from the program's own command tree; this machine's build of it prints them.
describe() { dotnet src/DriverMonitor/bin/Release/net10.0/drivermonitor.dll completion "$1"; }

# The pages in their folders, so that a link in one finds the other; links into the source lead nowhere here.
lay_out_documents() {
  local page
  while read -r page; do install -Dm644 "$page" "$doc/$page"; done < <(
    find README.md CHANGELOG.md CONTRIBUTING.md SECURITY.md LICENSE docs deploy hardware models tests src/DriverMonitor.Core \
      \( -name bin -o -name obj \) -prune -o -type f \( -name '*.md' -o -name LICENSE -o -path 'docs/pictures/*' \
      -o -path 'hardware/drawings/*.svg' -o -path 'deploy/schemas/*.json' -o -path 'deploy/vss/*' -o -path 'models/licences/*' \) -print)
  ln -s deploy/{CONFIGURATION,EXPERT,METRICS}.md "$doc"
  install -m644 deploy/debian/copyright "$doc"
}

lay_out() {
  install -d "$root"/usr/bin "$doc" "$root"/usr/share/man/man1 "$root"/usr/share/lintian/overrides
  ln -s ../lib/drivermonitor/drivermonitor "$root/usr/bin/drivermonitor"
  install -Dm644 deploy/systemd/drivermonitor{,-update,-update-recover}.service deploy/systemd/drivermonitor-update.{path,timer} \
    -t "$root/usr/lib/systemd/system"
  # An update that a power cut interrupted is ended at every start, whether or not anybody switched updates on.
  install -d "$root/usr/lib/systemd/system/multi-user.target.wants"
  ln -s ../drivermonitor-update-recover.service -t "$root/usr/lib/systemd/system/multi-user.target.wants"
  install -m755 deploy/update/drivermonitor-update "$lib"
  install -m755 deploy/drivermonitor-seal "$lib"
  install -m644 deploy/systemd/{jetson,sealed}.conf "$lib"
  install -Dm644 deploy/60-drivermonitor.rules -t "$root/usr/lib/udev/rules.d"
  install -Dm644 deploy/drivermonitor.json -t "$root/etc/drivermonitor"
  install -dm700 "$root/etc/drivermonitor/credentials"
  lay_out_documents
  gzip -9nc deploy/debian/changelog > "$doc/changelog.gz"
  describe man | gzip -9n > "$root/usr/share/man/man1/drivermonitor.1.gz"
  install -d "$root"/usr/share/{bash-completion/completions,zsh/vendor-completions,fish/vendor_completions.d}
  describe bash > "$root/usr/share/bash-completion/completions/drivermonitor"
  describe zsh > "$root/usr/share/zsh/vendor-completions/_drivermonitor"
  describe fish > "$root/usr/share/fish/vendor_completions.d/drivermonitor.fish"
  install -m644 deploy/debian/lintian-overrides "$root/usr/share/lintian/overrides/drivermonitor"
  chmod -R u=rwX,go=rX "$root/usr" "$root/etc"
  chmod 700 "$root/etc/drivermonitor/credentials"
  find "$lib" -type f -exec chmod 644 {} +
  chmod 755 "$lib"/drivermonitor{,-update,-seal}
  list_parts
  find "$root" -exec touch -hd "@$SOURCE_DATE_EPOCH" {} +
}

list_parts() { # every file with its hash, every library and model with its licence
  local list=usr/share/doc/drivermonitor/sbom.cdx.json notices=$doc/THIRD-PARTY.md
  deploy/sbom.py "$root" "$lib/drivermonitor.deps.json" models/manifest.json --version "$version" --leave-out "$list" --notices "$notices" \
    >"$work/sbom"
  install -m644 "$work/sbom" "$root/$list"
}

make_deb() {
  write_control "$root" deploy/debian
  install -m644 deploy/debian/conffiles "$root/DEBIAN/"
  dpkg-deb --root-owner-group -Zxz -z3 --build "$root" "$out" >/dev/null
  rm -rf "$root/DEBIAN"
}

make_tarball() {
  local name=drivermonitor-$version-$runtime
  install -d "$work/$name"
  mv "$root" "$work/$name/root"
  install -m755 deploy/install.sh "$work/$name/"
  tar -C "$work" --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner -cf - "$name" | xz -3 -T0 > "$out/$name.tar.xz"
}

install -d "$out"
publish
lay_out
installed=$(du -sm --apparent-size "$root" | cut -f1)
make_deb
make_tarball
for made in "$out/drivermonitor_${version}_$arch.deb" "$out/drivermonitor-$version-$runtime.tar.xz"; do
  echo "$made: $(du -m --apparent-size "$made" | cut -f1) MB, installed $installed MB"
done
