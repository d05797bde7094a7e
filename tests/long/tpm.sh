#!/usr/bin/env bash
# Seals a device's key to a TPM (swtpm), opens it again, and looks that another TPM, another name and a changed file do not.
set -euo pipefail
cd "$(dirname "$0")/../.."

. tests/install.sh
install_missing swtpm swtpm-tools libtss2-tcti-swtpm0 openssl

work=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT
start_tpm() { # NAME PORT: a new one, as a board's maker hands it over
  mkdir "$work/$1"
  swtpm_setup --tpm2 --tpmstate "$work/$1" --pcr-banks sha256 >/dev/null
  swtpm socket --tpm2 --tpmstate dir="$work/$1" --server type=tcp,port="$2",bindaddr=127.0.0.1 \
    --ctrl type=tcp,port=$(($2 + 1)),bindaddr=127.0.0.1 --flags not-need-init,startup-clear >/dev/null 2>&1 &
  pids+=($!)
  for _ in $(seq 100); do (exec 3<>"/dev/tcp/127.0.0.1/$(($2 + 1))") 2>/dev/null && return; sleep 0.1; done
  echo "the TPM $1 does not listen on $2." >&2
  exit 1
}
failed=0
step() { # WORDS COMMAND
  local words=$1
  shift
  if "$@" >"$work/said" 2>&1; then echo "ok    $words"; else failed=1; echo "FAIL  $words"; tail -5 "$work/said"; fi
}
start_tpm ours 2341
start_tpm theirs 2351
export DRIVERMONITOR_STATE=$work/state DRIVERMONITOR_SETTINGS=$work/settings DRIVERMONITOR_CHANGES=$work/changes
install -d "$DRIVERMONITOR_STATE" "$DRIVERMONITOR_SETTINGS"
sealed=$DRIVERMONITOR_SETTINGS/device-key.cred
tpm() { echo "swtpm:host=127.0.0.1,port=$1"; }
opened() { systemd-creds --tpm2-device="$(tpm "$1")" --name="$2" decrypt "$sealed" - 2>/dev/null; }

openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$DRIVERMONITOR_STATE/device.key" 2>/dev/null
cp "$DRIVERMONITOR_STATE/device.key" "$work/before"
no_tpm() { DRIVERMONITOR_TPM=$work/nothing deploy/drivermonitor-seal; [ $? -eq 69 ] && [ -e "$DRIVERMONITOR_STATE/device.key" ]; }
seals() { DRIVERMONITOR_TPM=$(tpm 2341) deploy/drivermonitor-seal && [ ! -e "$DRIVERMONITOR_STATE/device.key" ] && [ -L "$DRIVERMONITOR_CHANGES/sealed.conf" ]; }
same_key() { opened 2341 device-key | cmp - "$work/before"; }
no_key_in_clear() { ! grep -rq "PRIVATE KEY" "$DRIVERMONITOR_STATE" "$DRIVERMONITOR_SETTINGS"; }
changed() { sed -i '2s/./A/5;2s/./B/6' "$sealed"; ! opened 2341 device-key; }

set +e
step "without a TPM nothing is changed, and that is said" no_tpm
step "the key is sealed" seals
step "it is the same key that this TPM opens" same_key
step "nothing of it lies in clear" no_key_in_clear
step "another board's TPM does not open it" bash -c "! systemd-creds --tpm2-device='$(tpm 2351)' --name=device-key decrypt '$sealed' -"
step "it is not handed out under another name" bash -c "! systemd-creds --tpm2-device='$(tpm 2341)' --name=mqtt_key decrypt '$sealed' -"
step "a second time changes nothing" env DRIVERMONITOR_TPM="$(tpm 2341)" deploy/drivermonitor-seal
step "a changed one is refused" changed
exit $failed
