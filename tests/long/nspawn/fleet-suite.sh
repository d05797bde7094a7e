#!/bin/bash
# Runs inside the booted container as root; a line a step, "end" at the end, then power off.
set -u

. /suite/steps.sh
unit=drivermonitor-fleet.service
state=/var/lib/drivermonitor-fleet

active() { [ "$(show ActiveState)/$(show SubState)" = active/running ]; }
restarted_as() { # another process than OLD
  local pid
  pid=$(show MainPID)
  active && [ "$pid" -gt 1 ] && [ "$pid" != "$1" ]
}
http() { # PATH [TOKEN]: the whole answer
  exec 3<>/dev/tcp/127.0.0.1/8440 || return 1
  printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nAuthorization: Bearer %s\r\n\r\n' "$1" "${2:-none}" >&3
  cat <&3
  exec 3>&-
}
ready() { http /health/ready 2>/dev/null | grep -q '"status":"ok"'; }
listens() { exec 3<>"/dev/tcp/127.0.0.1/$1" && exec 3>&-; }

install_it() { dpkg -i /suite/old.deb; }
set_up() { # as README.md says, with this machine's name; and as setup itself says, checked before the first start
  drivermonitor-fleet setup fleet.example.com --tenant acme && checks && systemctl enable --now drivermonitor-fleet && active
}
private() { # nobody else may read keys, settings or events
  [ "$(stat -c %U:%a $state)" = drivermonitor-fleet:700 ] && [ -z "$(find $state -name '*.key' -perm /077)" ] &&
    ! setpriv --reuid=nobody --clear-groups cat /etc/drivermonitor/fleet.json 2>/dev/null
}
exposed_little() { [ "$(systemd-analyze security --no-pager "$1" | sed -n 's/.*exposure level for.*: \([0-9]*\).*/\1/p')" -lt 2 ]; }
answers() {
  local token
  token=$(drivermonitor-fleet token create reports --tenant acme --scope read --days 1) || return 1
  http /api/v1/vehicles | head -1 | grep -q ' 401 ' && http /api/v1/vehicles "$token" | grep -q '"items":\[\]' && http /api/v1/lag "$token" | grep -q '"vehicles":0'
}
enrols() { # by root; the list of what was taken back must stay the service's, which reads it within a second
  drivermonitor-fleet enrol veh-0001 --out /suite/veh-0001.json && grep -q fleet.example.com /suite/veh-0001.json &&
    drivermonitor-fleet revoke veh-0001 && sleep 3 && active && [ -z "$(find $state -not -user drivermonitor-fleet)" ] &&
    ! journalctl -u $unit -o cat | grep 'cannot be read'
}
checks() { ! drivermonitor-fleet check | grep FAIL; }
killed() {
  local pid
  pid=$(show MainPID)
  kill -9 "$pid" && within 30 restarted_as "$pid" && within 30 ready
}
misconfigured() { # said in one line, and not tried again and again
  sed -i 's/"Tenants"/"Tenant"/' /etc/drivermonitor/fleet.json
  systemctl restart $unit
  sleep 3
  [ "$(show ActiveState)/$(show ExecMainStatus)" = failed/78 ] && [ "$(journalctl -u $unit --since -10s -o cat | grep -c 'drivermonitor-fleet:')" = 1 ]
  local said=$?
  sed -i 's/"Tenant"/"Tenants"/' /etc/drivermonitor/fleet.json
  systemctl reset-failed $unit && systemctl restart $unit && within 30 ready && return $said
}
upgrade() {
  local pid
  pid=$(show MainPID)
  dpkg -i /suite/next.deb && within 30 restarted_as "$pid" && within 30 ready && drivermonitor-fleet token list | grep -q reports
}
remove() { dpkg -r drivermonitor-fleet && ! active && [ -d $state ] && [ -f /etc/drivermonitor/fleet.json ]; }
purge() {
  dpkg -P drivermonitor-fleet && ! getent passwd drivermonitor-fleet &&
    [ -z "$(find /etc /usr /var /opt /srv -path /var/log -prune -o -name '*drivermonitor*' -print)" ]
}
manual() { zcat /usr/share/man/man1/drivermonitor-fleet.1.gz | grep -q 'enrol' && bash -n /usr/share/bash-completion/completions/drivermonitor-fleet; }

step "installs" install_it
step "README's second command sets it up and starts it" set_up
step "is ready within 30 s" within 30 ready
step "the vehicles' port is open" within 10 listens 8883
step "keys, settings and events are its own" private
step "little is open to the service" exposed_little drivermonitor-fleet.service
step "little is open to each of several receivers" exposed_little drivermonitor-fleet@1.service
step "answers who shows a token, and nobody else" answers
step "a vehicle is enrolled and taken back" enrols
step "every part is well" checks
step "has a manual page and completions" manual
step "comes back after a kill -9" killed
step "a wrong settings file is one line, once" misconfigured
step "an upgrade keeps what is stored" upgrade
step "a removal keeps settings and state" remove
step "a purge leaves nothing" purge
journalctl -u 'drivermonitor-fleet*' >/suite/journal
echo end
systemctl poweroff
