#!/usr/bin/env bash
# Writes a cloud-init file that sets a vehicle up at its first start: the repository, the package, the answers to setup.
#   deploy/sdcard/make-user-data.sh REPOSITORY ANSWERS.json HOSTNAME > user-data
# REPOSITORY is the folder that deploy/update/make-repository.sh made; its key and its source go into the file. ANSWERS.json is what
# 'drivermonitor setup --answers' reads. Put user-data beside an empty meta-data on the boot partition of a card whose system has
# cloud-init (Raspberry Pi OS from 2025-11 on, Ubuntu for Raspberry Pi). The file holds what the answers hold, passwords too.
set -euo pipefail

[ $# -eq 3 ] || { sed -n '2,6s/^# \{0,1\}//p' "$0" >&2; exit 64; }
repository=$1 answers=$2 name=$3
for file in "$repository"/drivermonitor-archive-keyring.gpg "$repository"/drivermonitor.sources "$answers"; do
  [ -f "$file" ] || { echo "make-user-data.sh: there is no $file." >&2; exit 66; }
done
python3 -c 'import json, sys; json.load(open(sys.argv[1]))' "$answers" 2>/dev/null || {
  echo "make-user-data.sh: $answers is no JSON." >&2
  exit 65
}
[[ $name =~ ^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$ ]] || { echo "make-user-data.sh: '$name' is no name of a host." >&2; exit 64; }

file_of() { # PATH MODE FILE
  printf '  - path: %s\n    permissions: "%s"\n    encoding: b64\n    content: %s\n' "$1" "$2" "$(base64 -w0 "$3")"
}

cat <<YAML
#cloud-config
hostname: $name
package_update: false
write_files:
$(file_of /usr/share/keyrings/drivermonitor-archive-keyring.gpg 0644 "$repository/drivermonitor-archive-keyring.gpg")
$(file_of /etc/apt/sources.list.d/drivermonitor.sources 0644 "$repository/drivermonitor.sources")
$(file_of /root/drivermonitor-answers.json 0600 "$answers")
runcmd:
  - [sh, -c, "apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y drivermonitor"]
  - [drivermonitor, setup, --answers, /root/drivermonitor-answers.json]
  - [rm, -f, /root/drivermonitor-answers.json]
  - [sh, -c, "systemctl daemon-reload && systemctl restart drivermonitor.service"]
  - [systemctl, enable, --now, drivermonitor-update.timer]
final_message: "Driver Monitor is set up. 'drivermonitor check' tries every part."
YAML
