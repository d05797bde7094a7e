#!/bin/bash
# Runs inside the booted container as root; a line a step, "end" at the end, then power off.
set -u

. /suite/steps.sh
settings=/etc/drivermonitor/drivermonitor.json
page=/etc/drivermonitor/credentials/page.password
changes=/etc/systemd/system/drivermonitor.service.d

active() { [ "$(show ActiveState)/$(show SubState)" = active/running ]; }
says() { # the words; a * stands for any: a board without a buzzer is said as well
  [[ $(show StatusText) == $1 ]]
}
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
    "Web": { "Address": "0.0.0.0", "PasswordFile": "$page" },
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
http() { # METHOD PATH BODY: the whole answer
  exec 3<>/dev/tcp/127.0.0.1/8088 || return 1
  printf '%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s' "$1" "$2" "${#3}" "$3" >&3
  cat <&3
  exec 3>&-
}
serves_page() {
  within 10 bash -c 'exec 3<>/dev/tcp/127.0.0.1/8088' 2>/dev/null || return 1
  http GET /health/live "" | grep -q '"status":"ok"' && http GET / "" | grep -q '<title>Driver Monitor' &&
    http GET /api/now "" | head -1 | grep -q ' 401 ' && http POST /api/session '{"password":"something else"}' | head -1 | grep -q ' 401 ' &&
    http POST /api/session '{"password":"four words will do"}' | grep -q '"signedIn":true'
}
jetson() { # a program in the place of NVIDIA's, which needs a daemon's socket and shows black pictures
  systemd-run -q --unit=daemon --socket-property=ListenStream=/tmp/argus_socket --socket-property=SocketMode=0666 cat
  cat >/usr/local/bin/gst-launch-1.0 <<'SH'
#!/bin/sh
[ -S /tmp/argus_socket ] || { echo "Connecting to nvargus-daemon failed" >&2; exit 1; }
while sleep 0.06; do head -c 460800 /dev/zero; done
SH
  chmod 755 /usr/local/bin/gst-launch-1.0
}
set_up() { # CAMERA [DEVICE]: answers to "setup": no board, no broker, a page with a password
  local device=
  [ $# -lt 2 ] || device="\"device\": \"$2\","
  cat >/suite/answers.json <<JSON
{ "camera": "$1", $device "board": "None", "no_buzzer": "yes", "broker": "none", "page_in_network": "yes",
  "page_password": "four words will do" }
JSON
  chmod 600 /suite/answers.json
  drivermonitor setup --answers /suite/answers.json >/suite/setup 2>&1 && grep -q daemon-reload /suite/setup
}
restarted() {
  systemctl daemon-reload && systemctl restart "$unit"
}
opened_for_jetson() {
  jetson
  set_up jetson-csi && restarted && within 60 says "Cannot watch the driver: *camera_covered*" &&
    [ "$(show PrivateTmp)/$(show DevicePolicy)/$(show DeviceAllow)" = no/auto/ ]
}
closed_without_it() {
  set_up usb /dev/video0 && [ ! -e "$changes/jetson.conf" ] && sed -i 's/"Preset": "Usb"/"Preset": "JetsonCsi"/' "$settings" && restarted &&
    within 60 says "Cannot watch the driver: *camera_lost*" && [ "$(show PrivateTmp)/$(show DevicePolicy)" = yes/closed ]
}
opened_by_hand() { # as deploy/README.md says it
  install -d "$changes" && ln -s /usr/lib/drivermonitor/jetson.conf "$changes/" && restarted &&
    within 60 says "Cannot watch the driver: *camera_covered*"
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
  systemctl start "$unit" && within 60 says "Watching the driver*"
}
upgraded() {
  local pid
  pid=$(main_pid) || return 1
  dpkg -i /suite/next.deb >/suite/dpkg.log 2>&1 </dev/null || return 1
  within 60 restarted_as "$pid" && within 60 says "Watching the driver*" && grep -q veh-0001 "$settings" && dpkg-query -W drivermonitor | grep -q '+next'
}
stopped() { systemctl stop "$unit" && [ "$(show ActiveState)/$(show Result)" = inactive/success ]; }
removed() {
  dpkg -r drivermonitor >>/suite/dpkg.log 2>&1 && [ ! -e /usr/lib/drivermonitor ] && [ -e "$settings" ]
}
purged() {
  mv /suite/changes "$changes"
  dpkg -i /suite/next.deb >>/suite/dpkg.log 2>&1 </dev/null && within 60 active || return 1
  dpkg -P drivermonitor >>/suite/dpkg.log 2>&1 || return 1
  nothing_left
}
nothing_left() {
  ! getent passwd drivermonitor >/dev/null || return 1
  local left
  left=$(find / -xdev \( -path /proc -o -path /sys -o -path /suite -o -path /var/log \) -prune -o -iname '*drivermonitor*' -print)
  [ -z "$left" ] || { echo "left: $left"; return 1; }
}
from_tarball() {
  cd /suite/drivermonitor-*/ && ./install.sh && within 60 active && ./install.sh --purge && nothing_left
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

step "installs" apt-get install -y -qq --no-install-recommends /suite/old.deb
step "starts without its camera" within 60 active
step "says what it cannot do" within 60 says "Cannot watch the driver: *camera_lost*"
step "check finds the missing camera" bash -c 'drivermonitor check >/suite/check; [ $? -eq 1 ] && grep -q "^FAIL  camera" /suite/check && grep -q "^ok    models" /suite/check'
step "is set up with a Jetson's camera, and reaches its daemon" opened_for_jetson
step "serves its page to who knows the password" serves_page
step "is set up with another camera, and is closed again" closed_without_it
step "reaches it by hand too" opened_by_hand
mv "$changes" /suite/changes
systemctl daemon-reload
broker
portrait
step "restarts with other settings" systemctl restart "$unit"
step "watches the driver" within 60 says "Watching the driver*"
step "is ready within 3 s" started_quickly
step "serves its page while it watches" serves_page
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
step "is installed from the tarball, and purged again" from_tarball
journalctl -q -u "$unit" -u suite >/suite/journal 2>&1
echo end
systemctl poweroff
