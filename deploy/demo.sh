#!/usr/bin/env bash
# Builds the program if needed and shows it at work: one minute of a scripted drive, no hardware, no network.
set -euo pipefail
cd "$(dirname "$0")/.."

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

command -v dotnet >/dev/null || {
  echo "deploy/demo.sh: the .NET 10 SDK is missing. Install it (https://dotnet.microsoft.com) and try again." >&2
  exit 1
}

# The packages that the program needs, as folders below NuGet's own.
wanted() { sed -nE 's/^      "([A-Za-z0-9._-]+)": \{/\L\1/p' src/DriverMonitor*/packages.lock.json | sort -u; }

present() {
  local folder=${NUGET_PACKAGES:-$HOME/.nuget/packages} count=0 package
  while read -r package; do if [ -d "$folder/$package" ]; then count=$((count + 1)); fi; done < <(wanted)
  echo "$count"
}

# The first time fetches packages for minutes: says how far it is, and how long it may still take.
show_restore() {
  local total before now began left
  total=$(wanted | wc -l) before=$(present) began=$SECONDS
  while sleep 2; do
    now=$(present)
    if [ "$now" -ge "$total" ]; then printf '\rAll %s packages are here; building.                    \n' "$total" >&2; return; fi
    left=''
    if [ "$now" -gt "$before" ]; then left=", about $(((SECONDS - began) * (total - now) / (now - before) + 1)) s left"; fi
    printf '\r%s of %s packages%s          ' "$now" "$total" "$left" >&2
  done
}

if [ ! -e src/DriverMonitor/obj/project.assets.json ] && [ "$(present)" -lt "$(wanted | wc -l)" ]; then
  echo "First run: packages are fetched (about 300 MB) and the program is built. Later runs take seconds." >&2
  show_restore &
  progress=$!
  trap 'kill "$progress" 2>/dev/null || true' EXIT
  dotnet restore src/DriverMonitor -v quiet
  kill "$progress" 2>/dev/null || true
  wait "$progress" 2>/dev/null || true
  trap - EXIT
fi

# To find that nothing has changed takes the compiler ten seconds, and find a moment.
program=src/DriverMonitor/bin/Release/net10.0/drivermonitor.dll
changed() {
  [ ! -e "$program" ] || [ -n "$(find src models tests/CONFORMANCE.md -newer "$program" -type f -not -path '*/obj/*' -not -path '*/bin/*' -print -quit)" ]
}
if changed; then dotnet build src/DriverMonitor -c Release -v quiet; fi
exec dotnet "$program" demo "$@"
