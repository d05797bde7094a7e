#!/usr/bin/env bash
# Makes a signed repository for apt out of packages: files for any web server, and the two files that a vehicle needs.
#   deploy/update/make-repository.sh FOLDER KEY ADDRESS PACKAGE.deb...
# FOLDER gets the repository; run it again with every package that is to stay. KEY is a secret key of gpg's; keep it off the server.
# ADDRESS is where vehicles find FOLDER, such as https://updates.example/drivermonitor.
# Needs apt-utils and gpg.
set -euo pipefail

[ $# -ge 4 ] || { sed -n '2,6s/^# \{0,1\}//p' "$0" >&2; exit 64; }
folder=$1 key=$2 address=$3
shift 3
# After this apt does not believe it any more: who holds vehicles back on an old list is found out.
valid_for=${VALID_FOR:-"30 days"}

install -d "$folder/pool"
for package in "$@"; do
  [ -e "$package" ] || { echo "make-repository.sh: there is no $package." >&2; exit 66; }
  [ "$package" -ef "$folder/pool/$(basename "$package")" ] || install -m644 "$package" "$folder/pool/"
done

cd "$folder"
dist=dists/stable
for arch in amd64 arm64; do
  install -d "$dist/main/binary-$arch"
  apt-ftparchive --arch "$arch" packages pool >"$dist/main/binary-$arch/Packages"
  gzip -9nkf "$dist/main/binary-$arch/Packages"
done
apt-ftparchive \
  -o APT::FTPArchive::Release::Origin="Driver Monitor" -o APT::FTPArchive::Release::Label="Driver Monitor" \
  -o APT::FTPArchive::Release::Suite=stable -o APT::FTPArchive::Release::Codename=stable \
  -o APT::FTPArchive::Release::Architectures="amd64 arm64" -o APT::FTPArchive::Release::Components=main \
  -o APT::FTPArchive::Release::ValidTime="$(($(date -d "$valid_for" +%s) - $(date +%s)))" \
  release "$dist" >"$dist/Release.new"
mv "$dist/Release.new" "$dist/Release"
gpg --batch --yes --local-user "$key" --clearsign --output "$dist/InRelease.new" "$dist/Release"
mv "$dist/InRelease.new" "$dist/InRelease"

gpg --batch --export "$key" >drivermonitor-archive-keyring.gpg
cat >drivermonitor.sources <<SOURCES
Types: deb
URIs: $address
Suites: stable
Components: main
Signed-By: /usr/share/keyrings/drivermonitor-archive-keyring.gpg
SOURCES
echo "$folder: $(grep -hc '^Package:' "$dist"/main/binary-*/Packages | awk "{n += \$1} END {print n}") packages. In each vehicle:"
echo "  install -m644 drivermonitor-archive-keyring.gpg /usr/share/keyrings/"
echo "  install -m644 drivermonitor.sources /etc/apt/sources.list.d/"
echo "  systemctl enable --now drivermonitor-update.timer"
