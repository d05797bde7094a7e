#!/usr/bin/env bash
# Many vehicles against a receiver alone, which is killed in the middle: all come back at once, and at the end every event is stored,
# once. Prints what docs/fleet.md says of the receiver's cost, and how long the storm took.
#   tests/long/fleet-storm.sh [VEHICLES [HOURS [ALERTS-AN-HOUR]]]     2000, 0.25 and 2.5 if none are given
set -euo pipefail
cd "$(dirname "$0")/../.."

vehicles=${1:-2000} hours=${2:-0.25} alerts=${3:-2.5}
. tests/install.sh
install_missing sqlite3
ulimit -n "$(ulimit -Hn)"
if [ "$(ulimit -n)" -lt $((vehicles * 2 + 500)) ]; then
  echo "tests/long/fleet-storm.sh: $vehicles vehicles want $((vehicles * 2 + 500)) open files, and $(ulimit -n) are allowed." >&2
  exit 1
fi

dotnet build src/DriverMonitor.Fleet -c Release -v quiet -nologo
fleet=(dotnet src/DriverMonitor.Fleet/bin/Release/net10.0/drivermonitor-fleet.dll)
work=$(mktemp -d)
receiver=0
trap 'kill -9 "$receiver" 2>/dev/null || true; rm -rf "$work"' EXIT
port=28883
users=$(seq -f '"sim-%05g": "storm"' "$vehicles" | paste -sd,)
cat >"$work/fleet.json" <<JSON
{ "Logging": { "LogLevel": { "Default": "Warning" } },
  "Fleet": { "Store": "$work/fleet.db", "Tenants": ["demo"], "Web": { "Port": 28840 },
    "Broker": { "LoopbackPort": $port, "Users": { $users } }, "Marks": { "KeyFile": "$work/mark.key" },
    "Enrolment": { "Folder": "$work/authority" } } }
JSON

start() {
  "${fleet[@]}" run --config "$work/fleet.json" >>"$work/log" 2>&1 &
  receiver=$!
  until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
    kill -0 "$receiver" || { cat "$work/log" >&2; exit 1; }
    sleep 0.2
  done
}
figure() { curl -s http://127.0.0.1:28840/metrics | sed -n "s/^$1{.*} //p"; }
stored() { sqlite3 "$work/fleet.db" 'select count(*) from event' 2>/dev/null || echo 0; }
cost() { awk '/^VmHWM/ {printf "%d MB at most, ", $2 / 1024}' "/proc/$receiver/status"; awk '{printf "%.1f s of processor\n", ($14 + $15) / 100}' "/proc/$receiver/stat"; }

start
"${fleet[@]}" simulate --vehicles "$vehicles" --hours "$hours" --alerts "$alerts" --broker "127.0.0.1:$port" --password storm >"$work/sent" &
drive=$!
until [ "$(stored)" -gt $((vehicles / 2)) ]; do kill -0 "$drive"; sleep 0.2; done
echo "before the kill: $(stored) stored; $(cost)"
kill -9 "$receiver"
wait "$receiver" 2>/dev/null || true
sleep 3
start
began=$SECONDS
until [ "$(figure fleet_vehicles_fresh)" = "$vehicles" ] && [ "$(figure fleet_events_stored_total)" != 0 ]; do kill -0 "$drive" 2>/dev/null || break; sleep 0.5; done
echo "after it: storing again within $((SECONDS - began)) s"
wait "$drive"
cat "$work/sent"
sleep 3
echo "after it: $(cost)"
sent=$(sed -n 's/^ *events *\([0-9,]*\), .*/\1/p' "$work/sent" | tr -d ,)
echo "sent $sent, stored $(stored), $(sqlite3 "$work/fleet.db" 'select count(*) from finding') findings"
[ "$(stored)" = "$sent" ]
