#!/usr/bin/env bash
# What the page costs the service: three services watch the same driver side by side, one without a page, two with.
# A real browser has the page of one open, then of the other, so that neither the machine's mood nor a process's decides.
# Fails at 3 % of one core for an open page, or 0.5 % (more than such a measurement wanders) for one that nobody looks at.
#   PAGE_SECONDS=150   how long the browser stays with each
set -euo pipefail
cd "$(dirname "$0")/../.."

seconds=${PAGE_SECONDS:-150}
. tests/install.sh
install_missing chromium ffmpeg
work=$(mktemp -d)
started=()
finish() {
  for one in "${started[@]}"; do kill "$one" 2>/dev/null || true; done
  wait
  rm -rf "$work"
}
trap finish EXIT

# A driver who moves a little, without an end.
ffmpeg -v error -loop 1 -framerate 15 -i models/portrait/portrait.jpg -t 60 -pix_fmt yuv420p \
  -vf "scale=704:528,crop=640:480:x='32+16*sin(t)':y='24+8*cos(1.3*t)'" "$work/driver.mp4"

dotnet build src/DriverMonitor -c Release -v quiet >/dev/null
# A copy, which nobody who builds meanwhile pulls away; without the libraries of other machines.
built=src/DriverMonitor/bin/Release/net10.0 own=linux-$(dpkg --print-architecture | sed s/amd64/x64/)
mkdir -p "$work/program/runtimes"
cp "$built"/*.dll "$built"/*.json "$work/program"
cp -r "$built/runtimes/$own" "$work/program/runtimes"

port=$((20000 + RANDOM % 20000))
serve() { # NAME WEB: starts a service, its process in $pid
  cat > "$work/$1.json" <<SETTINGS
{ "DriverMonitor": {
    "Vision": { "ModelFolder": "$PWD/models" },
    "Camera": { "Kind": "Command", "Command": "ffmpeg", "Format": "I420Limited",
                "Arguments": ["-v", "error", "-nostdin", "-re", "-stream_loop", "-1", "-i", "$work/driver.mp4", "-f", "rawvideo", "-pix_fmt", "yuv420p", "pipe:1"] },
    "Web": $2 } }
SETTINGS
  dotnet "$work/program/drivermonitor.dll" run --config "$work/$1.json" >"$work/$1.log" 2>&1 &
  pid=$!
  started+=("$pid")
}
serve off '{ "Enabled": false }'; off=$pid
serve one "{ \"Port\": $port }"; one=$pid
serve two "{ \"Port\": $((port + 1)) }"; two=$pid

ticks() { # processor time of a process so far, in ticks
  local stat
  stat=$(<"/proc/$1/stat")
  set -- ${stat##*) }
  echo $((${12} + ${13}))
}
streams() { # connections that stand to a port
  local hex
  hex=$(printf '%04X' "$1")
  awk -v port="$hex" '$2 ~ ":" port "$" && $4 == "01"' /proc/net/tcp | wc -l
}
wait_for() { # WHAT COMMAND...: within a minute
  local what=$1 _
  shift
  for _ in $(seq 120); do
    if "$@"; then return; fi
    sleep 0.5
  done
  echo "page.sh: never saw $what" >&2
  tail -n 3 "$work"/*.log >&2
  exit 1
}
judges() { grep -q 'The first picture is judged' "$work/$1.log"; }
is_open() { [ "$(streams "$1")" -gt 0 ]; }
is_closed() { [ "$(streams "$1")" -eq 0 ]; }
for name in off one two; do wait_for "a judged picture" judges "$name"; done

browser=
look() { # PORT: opens the page there
  chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update \
    --disable-sync --remote-debugging-port=0 --user-data-dir="$work/browser-$1" "http://127.0.0.1:$1/" >"$work/browser.log" 2>&1 &
  browser=$!
  started+=("$browser")
  wait_for "an open page" is_open "$1"
}
leave() { # PORT: closes it
  kill "$browser"
  wait "$browser" 2>/dev/null || true
  wait_for "a closed page" is_closed "$1"
}

sum_open=0 sum_closed=0 sum_off=0
measure() { # OPEN CLOSED: adds what each took meanwhile
  local before after
  before=("$(ticks "$1")" "$(ticks "$2")" "$(ticks "$off")")
  sleep "$seconds"
  after=("$(ticks "$1")" "$(ticks "$2")" "$(ticks "$off")")
  sum_open=$((sum_open + after[0] - before[0]))
  sum_closed=$((sum_closed + after[1] - before[1]))
  sum_off=$((sum_off + after[2] - before[2]))
}

sleep $((seconds < 60 ? seconds : 60)) # until the code that judges is compiled as well as it gets
look "$port"
measure "$one" "$two"
is_open "$port" || { echo "page.sh: the page closed by itself" >&2; exit 1; }
leave "$port"
look $((port + 1))
measure "$two" "$one"
is_open $((port + 1)) || { echo "page.sh: the page closed by itself" >&2; exit 1; }
leave $((port + 1))

awk -v open="$sum_open" -v closed="$sum_closed" -v off="$sum_off" -v hertz="$(getconf CLK_TCK)" -v seconds="$((2 * seconds))" 'BEGIN {
  share = 100 / hertz / seconds
  printf "Of one core, over %d s: %.2f %% without a page, %.2f %% with one that is closed, %.2f %% with one that is open.\n", seconds, off * share, closed * share, open * share
  printf "Open costs %.2f %% (bar 3), closed %.2f %% (bar 0.5); open over closed %.3f.\n", (open - closed) * share, (closed - off) * share, open / closed
  exit !((open - closed) * share < 3 && (closed - off) * share < 0.5)
}'
