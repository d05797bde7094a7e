#!/bin/bash
# The first process of the virtual machine: starts what a vehicle's computer would have running, plays the scenes, switches off.
# The scene "installed" comes last: systemd takes this process's place and starts the package's unit, and this script again.
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root PYTHONUNBUFFERED=1
export PYTHONDONTWRITEBYTECODE=1 DOTNET_EnableDiagnostics=0

play() {
  timeout 900 python3 "/mnt/$1.py" 2>"/tmp/log/$1.err" >>/mnt/report || echo "FAIL  $1: the scene broke off" >>/mnt/report
  tail -5 "/tmp/log/$1.err" | sed 's/^/      /' >>/mnt/report
}
switch_off() {
  echo end >>/mnt/report
  dmesg >/tmp/log/kernel
  cp -r /tmp/log /mnt/
  sync
  echo o >/proc/sysrq-trigger
  sleep 60
}
become_systemd() {
  pkill dbus-daemon
  rm -rf /run/dbus
  rm -f /usr/sbin/policy-rc.d /usr/local/bin/drivermonitor
  mkdir -p /run/systemd/system/multi-user.target.wants
  printf '%s\n' '[Service]' 'Type=oneshot' 'TimeoutStartSec=infinity' 'ExecStart=/mnt/init.sh installed' >/run/systemd/system/scene.service
  ln -s ../scene.service /run/systemd/system/multi-user.target.wants
  exec /lib/systemd/systemd --system --unit=multi-user.target >/dev/null
}

if [ "${1:-}" = installed ]; then
  # systemd has put another /tmp in the place of ours; what is written outside of the machine can be read while it runs.
  export LOGS=/mnt/log
  mkdir -p /tmp/log /mnt/log
  play installed
  journalctl -o short-monotonic >/tmp/log/journal
  switch_off
fi
touch /mnt/booted
for folder in /run /tmp /opt; do mount -t tmpfs tmpfs $folder; done
mountpoint -q /proc || mount -t proc proc /proc
mountpoint -q /sys || mount -t sysfs sysfs /sys
mountpoint -q /dev || mount -t devtmpfs devtmpfs /dev
mount -t configfs configfs /sys/kernel/config 2>/dev/null
ip link set lo up
cp -r /mnt/program /opt/program
ln -s /opt/program/drivermonitor /usr/local/bin/drivermonitor

mkdir -p /run/dbus /tmp/log
dbus-uuidgen --ensure
dbus-daemon --system --fork

for scene in $(cat /mnt/scenes); do [ "$scene" = installed ] || play "$scene"; done
! grep -q installed /mnt/scenes || become_systemd
switch_off
