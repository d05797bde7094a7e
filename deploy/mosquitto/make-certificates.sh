#!/usr/bin/env bash
# Makes a private authority and certificates for a broker, its vehicles and the control room, in ./certs (P-256, for TLS 1.3).
#   make-certificates.sh authority            once: ca.pem, ca.key (keep it off the broker) and an empty list of revoked ones
#   make-certificates.sh broker NAME...       for the names or addresses under which vehicles reach it
#   make-certificates.sh vehicle NAME         NAME is the vehicle's Mqtt:Vehicle; good for 90 days, renew after 60
#   make-certificates.sh user fleet.NAME      for somebody who listens or commands; the dot keeps such names from being vehicles
#   make-certificates.sh revoke NAME          takes back every certificate of that name; give the broker revoked.pem and SIGHUP
set -euo pipefail
umask 077

# The broker's user in Debian: started by root, mosquitto reads its files as that one.
readonly broker_group=mosquitto

say() { echo "make-certificates.sh: $*" >&2; exit 64; }

# What the broker reads is the broker's group's to read; the authority's key and everybody else's stay root's alone.
share() {
  [ "$(id -u)" -eq 0 ] && getent group "$broker_group" >/dev/null || return 0
  chgrp "$broker_group" certs
  chmod 710 certs
  local file
  # Copied with a narrow umask these were root's alone, and SIGHUP reads them again.
  for file in fleet.conf vehicles.acl; do
    [ ! -e "$file" ] || { chgrp "$broker_group" "$file" && chmod g+r "$file"; }
  done
  for file in ca.pem revoked.pem broker.pem broker.key; do
    [ -e "certs/$file" ] || continue
    chgrp "$broker_group" "certs/$file"
    [ "$file" != broker.key ] || chmod 640 "certs/$file"
  done
}

authority() {
  [ ! -e certs ] || say "there is an authority in ./certs already"
  mkdir -p certs/issued
  touch certs/index.txt
  cat > certs/ca.conf <<'CONF'
[ca]
default_ca = authority
[authority]
database = certs/index.txt
new_certs_dir = certs/issued
certificate = certs/ca.pem
private_key = certs/ca.key
default_md = sha256
default_crl_days = 400
rand_serial = yes
unique_subject = no
policy = name
[name]
commonName = supplied
[broker]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = ${ENV::NAMES}
[client]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = clientAuth
CONF
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -sha256 -days 3650 -subj '/CN=Driver Monitor fleet' \
    -addext 'basicConstraints=critical,CA:TRUE,pathlen:0' -addext 'keyUsage=critical,keyCertSign,cRLSign' \
    -keyout certs/ca.key -out certs/ca.pem 2>/dev/null
  revoked
  chmod 644 certs/ca.pem
  share
}

# A broker refuses everybody once its list is older than 400 days; every call of this script that signs something renews it.
revoked() {
  NAMES='' openssl ca -config certs/ca.conf -gencrl -out certs/revoked.pem 2>/dev/null
  chmod 644 certs/revoked.pem
  share
}

sign() { # kind, name, days, other names
  [ -f certs/ca.key ] || say "there is no authority in ./certs; begin with: make-certificates.sh authority"
  openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$2" -keyout "certs/$2.key" -out "certs/$2.csr" 2>/dev/null
  # Valid from an hour ago: no two clocks agree.
  NAMES=${4:-} openssl ca -batch -config certs/ca.conf -extensions "$1" -days "$3" -notext -startdate "$(date -u -d '-1 hour' +%y%m%d%H%M%SZ)" \
    -in "certs/$2.csr" -out "certs/$2.pem" 2>/dev/null
  rm "certs/$2.csr"
  chmod 644 "certs/$2.pem"
  revoked
  echo "certs/$2.pem and certs/$2.key, valid until $(openssl x509 -in "certs/$2.pem" -noout -enddate | cut -d= -f2)"
}

broker() {
  [ $# -gt 0 ] || say "a broker needs the name or address under which vehicles reach it"
  local names='' name
  for name in "$@"; do
    if [[ $name =~ ^[0-9.]+$ || $name == *:* ]]; then names+=",IP:$name"; else names+=",DNS:$name"; fi
  done
  sign broker broker 397 "${names#,}"
  may_enter
}

# The broker's user must come through every folder above as well; /root lets nobody in.
may_enter() {
  [ "$(id -u)" -eq 0 ] && getent passwd "$broker_group" >/dev/null || return 0
  setpriv --reuid="$broker_group" --regid="$broker_group" --clear-groups test -r certs/broker.key || echo \
    "make-certificates.sh: the user $broker_group cannot read $PWD/certs/broker.key: put this folder where it may enter, such as /etc/mosquitto/fleet" >&2
}

revoke() {
  local serials serial
  serials=$(awk -F'\t' -v subject="/CN=$1" '$1 == "V" && $6 == subject { print $4 }' certs/index.txt)
  [ -n "$serials" ] || say "no certificate of $1 is valid"
  for serial in $serials; do
    NAMES='' openssl ca -config certs/ca.conf -revoke "certs/issued/$serial.pem" 2>/dev/null
  done
  revoked
  echo "Copy certs/revoked.pem to the broker and send it SIGHUP (systemctl reload mosquitto)."
}

case "${1:-} ${2:-}" in
  "authority ") authority ;;
  broker\ ?*) shift; broker "$@" ;;
  vehicle\ ?*)
    [[ $2 =~ ^[a-z0-9-]{1,32}$ ]] || say "a vehicle's name is 1 to 32 of a-z, 0-9 and '-'"
    [[ $2 != broker && $2 != ca && $2 != revoked ]] || say "$2 is the name of another file here"
    sign client "$2" 90
    ;;
  user\ ?*) [[ $2 =~ ^fleet\.[a-z0-9-]{1,26}$ ]] || say "a user's name is fleet. and 1 to 26 of a-z, 0-9 and '-'"; sign client "$2" 397 ;;
  revoke\ ?*) revoke "$2" ;;
  *) say "what to make? authority, broker NAME..., vehicle NAME, user fleet.NAME, revoke NAME" ;;
esac
