#!/usr/bin/env bash
# What the published service keeps in memory while somebody has its page open and a collector takes its metrics: fails above 150 MB.
#   MEMORY_MINUTES=30      how long it watches
#   MEMORY_PROGRAM=FOLDER  a program that was published already (default: publishes it)
#   MEMORY_CLIP=FILE       a video to watch again and again (default: the portrait, moved)
set -euo pipefail
cd "$(dirname "$0")/../.."

minutes=${MEMORY_MINUTES:-30} most=150
. tests/install.sh
install_missing curl ffmpeg
work=$(mktemp -d)
started=()
finish() {
  for one in "${started[@]}"; do kill "$one" 2>/dev/null || true; done
  wait
  rm -rf "$work"
}
trap finish EXIT

program=${MEMORY_PROGRAM:-$work/program}
[ -x "$program/drivermonitor" ] || dotnet publish src/DriverMonitor -c Release -r "linux-$(dpkg --print-architecture | sed s/amd64/x64/)" \
  --self-contained -o "$program" -v quiet -nologo >/dev/null
clip=${MEMORY_CLIP:-$work/driver.mp4}
[ -e "$clip" ] || ffmpeg -v error -loop 1 -framerate 20 -i models/portrait/portrait.jpg -t 30 -pix_fmt yuv420p \
  -vf "scale=704:528,crop=640:480:x='32+16*sin(t)':y='24+8*cos(1.3*t)'" "$clip"
size=$(ffprobe -v error -select_streams v:0 -show_entries stream=width,height -of csv=p=0 "$clip")

port=$((20000 + RANDOM % 20000))
cat > "$work/settings.json" <<SETTINGS
{ "DriverMonitor": {
    "Camera": { "Kind": "Command", "Command": "ffmpeg", "Format": "I420Limited", "Width": ${size%,*}, "Height": ${size#*,},
                "Arguments": ["-v", "error", "-nostdin", "-re", "-stream_loop", "-1", "-i", "$clip", "-f", "rawvideo", "-pix_fmt", "yuv420p", "pipe:1"] },
    "Web": { "Port": $port } } }
SETTINGS
# With the variables that the unit sets.
mapfile -t variables < <(sed -n 's/^Environment=//p' deploy/systemd/drivermonitor.service)
env "${variables[@]}" STATE_DIRECTORY="$work" "$program/drivermonitor" run --config "$work/settings.json" >"$work/service.log" 2>&1 &
service=$!
started+=("$service")
for _ in $(seq 240); do
  grep -q 'The first picture is judged' "$work/service.log" && break
  sleep 0.5
done
grep -q 'The first picture is judged' "$work/service.log" || { tail -n 5 "$work/service.log" >&2; exit 1; }

resident() { awk -v what="$1:" '$1 == what { printf "%.1f", $2 * 1024 / 1e6 }' "/proc/$service/status"; }
ask() { curl -fsS -m 10 -o "$work/answer" "http://127.0.0.1:$port$1"; }
say() { echo "$1: $(resident VmRSS) MB resident, $(resident RssAnon) of it its own, $(ls "/proc/$service/fd" | wc -l) files, $(ls "/proc/$service/task" | wc -l) threads"; }
say "first picture"
sleep 60
say "a minute later"
curl -fsSN "http://127.0.0.1:$port/api/live" >/dev/null 2>&1 &
started+=("$!")
for minute in $(seq "$minutes"); do
  for path in / /metrics /metrics /metrics /metrics; do
    ask "$path"
    sleep 12
  done
  [ $((minute % 5)) -ne 1 ] || say "minute $minute with page and metrics"
done
say "the end"
awk -v resident="$(resident VmRSS)" -v most="$most" 'BEGIN { exit !(resident <= most) }' || { echo "memory.sh: more than $most MB" >&2; exit 1; }
