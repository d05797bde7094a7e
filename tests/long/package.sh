#!/usr/bin/env bash
# Builds the packages of vehicle and fleet, lets lintian judge them, looks that each lists every file that is in it, builds both
# again (the same bytes must come out), and runs the program as it lies in the package of this machine's architecture.
set -euo pipefail
cd "$(dirname "$0")/../.."

. tests/install.sh
install_missing apt-utils gpg lintian npm python3-jsonschema

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for arch in amd64 arm64; do
  deploy/build-deb.sh "$arch" "$work"
  deploy/fleet/build-deb.sh "$arch" "$work"
  lintian --fail-on error,warning --allow-root "$work"/*_"$arch".deb
done
for package in "$work"/*.deb; do deploy/sbom.py --check "$package"; done

# The list is CycloneDX: judged by its own schema, as its makers' library brings it.
npm pack --silent --pack-destination "$work" @cyclonedx/cyclonedx-library@10.3.0 >/dev/null
install -d "$work/schema"
tar -xzf "$work"/cyclonedx-*.tgz -C "$work/schema" --strip-components=3 package/res/schema
for package in "$work"/*.deb; do tests/long/package/schema.py "$work/schema" "$package"; done

own=$(dpkg --print-architecture)
tests/long/package/repository.sh "$work"/*_"$own".deb
deploy/build-deb.sh "$own" "$work/again" >/dev/null
deploy/fleet/build-deb.sh "$own" "$work/again" >/dev/null
for made in "$work"/again/*; do
  cmp "$made" "$work/$(basename "$made")"
done

dpkg-deb -x "$work"/drivermonitor_*_"$own".deb "$work/installed"
"$work/installed/usr/bin/drivermonitor" check --config deploy/drivermonitor.json | tee "$work/check" || true
grep -q '^ok    models .* finds the known face to 0\.' "$work/check"

# Every page that the package ships finds the others; only the source itself stays away.
python3 - "$work/installed/usr/share/doc/drivermonitor" <<'PYTHON'
import os, re, sys
root = sys.argv[1]
dead = []
for folder, _, names in os.walk(root):
    for name in (one for one in names if one.endswith(".md") and not os.path.islink(os.path.join(folder, one))):
        page = os.path.join(folder, name)
        for link in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", open(page, encoding="utf-8").read()):
            target = os.path.normpath(os.path.join(folder, link))
            is_source = re.search(r"/(src|tests)/", target) or target.endswith(".py")
            if "://" not in link and not is_source and not os.path.exists(target):
                dead.append(f"{os.path.relpath(page, root)}: {link}")
if dead:
    sys.exit("Links that lead nowhere in the package:\n" + "\n".join(dead))
PYTHON
