#!/usr/bin/env bash
# Puts packages into a signed repository and lets apt judge it, in a folder of its own: what is signed is fetched and would be
# installed; unsigned, strange, altered, outdated and older ones are refused. Nothing of this machine is changed.
#   tests/long/package/repository.sh PACKAGE.deb...
set -euo pipefail
here=$(cd "$(dirname "$0")/../../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# apt's own user must reach the folder.
chmod 755 "$work"

export GNUPGHOME=$work/gnupg
install -dm700 "$GNUPGHOME"
for name in ours stranger; do
  gpg --batch --quiet --passphrase '' --quick-generate-key "$name@example.invalid" ed25519 sign never 2>/dev/null
done
make() { # NAME KEY PACKAGE...
  local name=$1 key=$2
  shift 2
  VALID_FOR=${VALID_FOR:-"30 days"} "$here/deploy/update/make-repository.sh" "$work/$name" "$key@example.invalid" "file:$work/live" "$@" >/dev/null
}

root=$work/root
install -d "$root"/{etc/apt/sources.list.d,etc/apt/preferences.d,var/lib/apt/lists/partial,var/lib/dpkg,var/cache/apt/archives/partial}
apt() { # as on a machine that has nothing but what is in its status file
  apt-get -q -o Dir="$root" -o Dir::State::status="$root/var/lib/dpkg/status" -o Dir::Etc::sourcelist="$work/live.sources" \
    -o Dir::Etc::sourceparts=/dev/null -o APT::Sandbox::User=root -o APT::Update::Error-Mode=any -o Acquire::Check-Valid-Until=true -o Acquire::Check-Date=true \
    -o APT::Architecture="$arch" "$@" 2>&1
}
fetch() { (cd "$work" && apt download "$1"); }
live() { rm -rf "$work/live" && cp -a "$work/$1" "$work/live"; }
installed() { # VERSION: of the package, and of all that it needs, whatever that is
  printf 'Package: %s\nStatus: install ok installed\nArchitecture: %s\nMaintainer: x\nVersion: %s\nDescription: x\n\n' "$package" "$arch" "$1"
  dpkg-deb -f "$file" Depends Pre-Depends | sed 's/^[A-Za-z-]*: //' | tr ',' '\n' | sed 's/|.*//; s/(.*//; s/ //g' | grep . | while read -r one; do
    printf 'Package: %s\nStatus: install ok installed\nArchitecture: %s\nMulti-Arch: foreign\nMaintainer: x\nVersion: 999\nDescription: x\n\n' "$one" "$arch"
  done
}
expect() { # STORY WORDS COMMAND...
  local story=$1 words=$2 said
  shift 2
  said=$("$@") || true
  if grep -qE "$words" <<<"$said"; then echo "ok    $package: $story"; else printf 'FAIL  %s: %s\n%s\n' "$package" "$story" "$said"; failed=1; fi
}
forget_lists() { rm -rf "$root/var/lib/apt/lists" && install -d "$root/var/lib/apt/lists/partial"; }

failed=0
for file in "$@"; do
  package=$(dpkg-deb -f "$file" Package) version=$(dpkg-deb -f "$file" Version) arch=$(dpkg-deb -f "$file" Architecture)
  for name in good theirs unsigned altered outdated; do
    key=ours
    [ $name = theirs ] && key=stranger
    rm -rf "${work:?}/$name"
    if [ $name = outdated ]; then VALID_FOR="1 second" make $name $key "$file"; else make $name $key "$file"; fi
  done
  sleep 2
  rm "$work/unsigned/dists/stable/InRelease"
  printf x >>"$work"/altered/pool/*.deb
  sed "s:/usr/share/keyrings/drivermonitor-archive-keyring.gpg:$work/good/drivermonitor-archive-keyring.gpg:" "$work/good/drivermonitor.sources" >"$work/live.sources"

  installed 0.0.1 >"$root/var/lib/dpkg/status"
  live good
  expect "a signed repository is read" "^(Reading package lists|Fetched)" apt update
  expect "a newer version would be installed" "^Inst $package \[0.0.1\] \($version" apt -s --no-install-recommends install "$package"
  live altered
  expect "an altered package is not fetched" "Hash Sum mismatch|unexpected size" fetch "$package"
  for name in theirs unsigned outdated; do
    forget_lists
    live $name
    expect "what is $name is refused" "^E: .*(not signed|not valid|Release file|couldn't be verified|Some index files failed|expired)" apt update
  done
  forget_lists
  live good
  apt update >/dev/null
  installed 999:1 >"$root/var/lib/dpkg/status"
  expect "an older version is no update" "^0 upgraded, 0 newly installed" apt -s upgrade
  expect "an older version is not gone back to" "is already the newest|Packages were downgraded and -y was used|DOWNGRADED" \
    apt -y -s --no-install-recommends install "$package=$version"
done
exit $failed
