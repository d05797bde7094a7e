#!/usr/bin/env bash
# Lets the AsyncAPI project's own tool judge our document.
set -euo pipefail
cd "$(dirname "$0")/../.."

. tests/install.sh
install_missing nodejs npm
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --prefix "$place" --no-audit --no-fund --silent @asyncapi/cli@6.2.0
export HOME=$place   # the tool's own settings, among them that it shall not phone home
"$place/node_modules/.bin/asyncapi" config analytics --disable >/dev/null
"$place/node_modules/.bin/asyncapi" validate deploy/schemas/asyncapi.json --fail-severity=error
