#!/bin/bash
# The first process of the virtual machine: starts what a vehicle's computer would have running, plays the scenes, switches off.
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root PYTHONUNBUFFERED=1
export PYTHONDONTWRITEBYTECODE=1 DOTNET_EnableDiagnostics=0
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

for scene in $(cat /mnt/scenes); do
  timeout 900 python3 "/mnt/$scene.py" 2>"/tmp/log/$scene.err" || echo "FAIL  $scene: the scene broke off"
  tail -5 "/tmp/log/$scene.err" | sed 's/^/      /'
done >/mnt/report
echo end >>/mnt/report
dmesg >/tmp/log/kernel
cp -r /tmp/log /mnt/
sync
echo o >/proc/sysrq-trigger
sleep 60
