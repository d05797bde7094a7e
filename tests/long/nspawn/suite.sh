#!/bin/bash
# Runs inside the booted container as root; a line a step, "end" at the end, then power off.
set -u

unit=drivermonitor.service
settings=/etc/drivermonitor/drivermonitor.json

show() { systemctl show "$unit" -P "$1"; }
step() { # NAME COMMAND...: the command's success is the step's
  local name=$1
  shift
  if "$@"; then echo "ok    $name"; else echo "FAIL  $name"; fi
}
within() { # SECONDS COMMAND...: asks until it is so
  local until=$((SECONDS + $1))
  shift
  until "$@"; do
    [ "$SECONDS" -lt "$until" ] || return 1
    sleep 0.2
  done
}
active() { [ "$(show ActiveState)/$(show SubState)" = active/running ]; }
says() { [ "$(show StatusText)" = "$1" ]; }
restarted_as() { # another process than OLD
  local pid
  pid=$(show MainPID)
  active && [ "$pid" -gt 1 ] && [ "$pid" != "$1" ]
}
failed_with() { [ "$(show ActiveState)" = failed ] && [ "$(show ExecMainStatus)" = "$1" ]; }

portrait() { # the scripted driver, and a broker that wants a password
  cat >"$settings" <<JSON
{ "DriverMonitor": {
    "Camera": { "Kind": "Portrait", "Source": "/usr/lib/drivermonitor/models/portrait" },
    "Mqtt": { "Brokers": ["127.0.0.1:1883"], "Tenant": "acme", "Vehicle": "veh-0001", "FirstConnectSpread": "00:00:00",
              "User": "veh-0001", "PasswordFile": "/etc/drivermonitor/credentials/password" } } }
JSON
}
broker() {
  echo secret >/etc/drivermonitor/credentials/password
  chmod 600 /etc/drivermonitor/credentials/password
  mosquitto_passwd -b -c /run/passwords veh-0001 secret
  chmod 644 /run/passwords
  printf 'listener 1883 127.0.0.1\npassword_file /run/passwords\n' >/run/mosquitto.conf
  systemd-run -q --unit=broker /usr/sbin/mosquitto -c /run/mosquitto.conf
}
heard() { mosquitto_sub -h 127.0.0.1 -u veh-0001 -P secret -t 'dm/v1/acme/veh-0001/status' -C 1 -W 2 2>/dev/null | grep -q '"online"'; }
main_pid() { # never 0: that would be this script's own group
  local pid
  pid=$(show MainPID)
  [ "$pid" -gt 1 ] && echo "$pid"
}
freeze() {
  local pid
  pid=$(main_pid) || return 1
  kill -STOP "$pid"
  within 60 restarted_as "$pid" && journalctl -q -u "$unit" | grep -q "Watchdog timeout"
}
killed() { # SIGNAL
  local pid
  pid=$(main_pid) || return 1
  kill "-$1" "$pid"
  within 60 restarted_as "$pid"
}
misconfigured() {
  echo '{ "DriverMonitor": { "Camera": { "Kidn": "Usb" } } }' >"$settings"
  systemctl restart "$unit" 2>/dev/null
  within 60 failed_with 78 || return 1
  local runs
  runs=$(show NRestarts)
  sleep 5
  [ "$(show NRestarts)" = "$runs" ] && failed_with 78
}
mended() {
  portrait
  systemctl start "$unit" && within 60 says "Watching the driver."
}
upgraded() {
  local pid
  pid=$(main_pid) || return 1
  dpkg -i /suite/next.deb >/suite/dpkg.log 2>&1 </dev/null || return 1
  within 60 restarted_as "$pid" && within 60 says "Watching the driver." && grep -q veh-0001 "$settings" && dpkg-query -W drivermonitor | grep -q '+next'
}
stopped() { systemctl stop "$unit" && [ "$(show ActiveState)/$(show Result)" = inactive/success ]; }
removed() {
  dpkg -r drivermonitor >>/suite/dpkg.log 2>&1 && [ ! -e /usr/lib/drivermonitor ] && [ -e "$settings" ]
}
purged() {
  dpkg -i /suite/next.deb >>/suite/dpkg.log 2>&1 </dev/null && within 60 active || return 1
  dpkg -P drivermonitor >>/suite/dpkg.log 2>&1 || return 1
  ! getent passwd drivermonitor >/dev/null || return 1
  local left
  left=$(find / -xdev \( -path /proc -o -path /sys -o -path /suite -o -path /var/log \) -prune -o -iname '*drivermonitor*' -print)
  [ -z "$left" ] || { echo "left: $left"; return 1; }
}
started_quickly() { # ready is the first judged picture
  local took=$((($(show ActiveEnterTimestampMonotonic) - $(show ExecMainStartTimestampMonotonic)) / 1000))
  echo "      ready after $took ms"
  active && [ "$took" -lt 3000 ]
}
reaches_groups() { # a user namespace must not take the groups away by which devices are reached
  install -m640 -g gpio /dev/null /run/like-a-device
  systemd-run -q --wait --pipe -p User=drivermonitor -p PrivateUsers=yes -p NoNewPrivileges=yes test -r /run/like-a-device
}
bare() { # what it may do at most
  local pid
  pid=$(main_pid) || return 1
  [ "$(stat -c %U "/proc/$pid")" = drivermonitor ] && grep -q '^CapEff:[[:space:]]*0*$' "/proc/$pid/status" &&
    grep -q '^NoNewPrivs:[[:space:]]*1' "/proc/$pid/status" && [ "$(stat -c '%U %a' /var/lib/drivermonitor)" = "drivermonitor 700" ]
}

step "installs" dpkg -i /suite/old.deb
step "starts without its camera" within 60 active
step "says what it cannot do" within 60 says "Cannot watch the driver: camera_lost."
step "check finds the missing camera" bash -c 'drivermonitor check >/suite/check; [ $? -eq 1 ] && grep -q "^FAIL  camera" /suite/check && grep -q "^ok    models" /suite/check'
broker
portrait
step "restarts with other settings" systemctl restart "$unit"
step "watches the driver" within 60 says "Watching the driver."
step "is ready within 3 s" started_quickly
step "signs in to the broker with its credential" within 60 heard
step "runs as nobody in particular" bare
step "reaches devices by its groups" reaches_groups
step "is started again when frozen" freeze
step "is started again when killed" killed KILL
step "does not spin on a bad configuration" misconfigured
step "starts when that is mended" mended
step "is upgraded without a question" upgraded
step "may be configured twice" sh /var/lib/dpkg/info/drivermonitor.postinst configure 0.1.0
echo "      at most $(awk '/^VmHWM/ {printf "%d", $2 / 1024}' "/proc/$(show MainPID)/status") MB of memory"
step "stops cleanly" stopped
step "is removed, its settings stay" removed
step "is purged, nothing stays" purged
journalctl -q -u "$unit" -u suite >/suite/journal 2>&1
echo end
systemctl poweroff
