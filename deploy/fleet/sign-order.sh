#!/usr/bin/env bash
# Writes a signed order for a vehicle to standard output; give it to mosquitto_pub.
#   sign-order.sh KEY.pem KEY-NAME TENANT/VEHICLE ORDER [ARGUMENTS]
# KEY.pem is the private half (P-256) of the key that the vehicle knows as KEY-NAME; ARGUMENTS is a JSON object, {} without.
# The counter is the time in milliseconds (COUNTER=n for another one); the order is good for five minutes (MINUTES=n).
# Needs openssl and jq.
set -euo pipefail

if [ $# -lt 4 ] || [ $# -gt 5 ]; then
  sed -n '2,3s/^# *//p' "$0" >&2
  exit 64
fi
key=$1 kid=$2 to=$3 name=$4 args=${5:-}
[ -n "$args" ] || args='{}'
[[ $to == */* ]] || echo "sign-order.sh: '$to' names no tenant; write TENANT/$to: vehicles of the next version refuse it" >&2

# Keys in order, no white space: the one way to write an order down for signing.
unsigned=$(jq -cnS --arg id "$(openssl rand -hex 8)" --arg to "$to" --arg name "$name" --arg kid "$kid" \
  --argjson ctr "${COUNTER:-$(date +%s%3N)}" --arg exp "$(date -u -d "+${MINUTES:-5} minutes" +%Y-%m-%dT%H:%M:%SZ)" \
  --argjson args "$args" '{id: $id, to: $to, name: $name, ctr: $ctr, exp: $exp, args: $args, kid: $kid}')
signature=$(printf %s "$unsigned" | openssl dgst -sha256 -sign "$key" | openssl base64 -A)
jq -cS --arg sig "$signature" '. + {sig: $sig}' <<<"$unsigned"
