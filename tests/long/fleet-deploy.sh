#!/usr/bin/env bash
# What deploy/fleet brings for others' programs, read by those programs: Prometheus' rules, HAProxy's settings, the roles of PostgreSQL,
# and the manifests as YAML with the fields that Kubernetes and Compose want. Then the package: judged by lintian, run.
#   tests/long/fleet-deploy.sh [PACKAGE.deb]     builds it if none is given
set -euo pipefail
cd "$(dirname "$0")/../.."

package=${1:+$(realpath "$1")}
. tests/install.sh
install_missing curl postgresql python3-yaml lintian man-db

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Unpacked and not installed: neither may start a service here.
(cd "$work" && apt-get download -qq prometheus haproxy liblua5.3-0 libopentracing-c-wrapper0 libopentracing1 2>/dev/null
 for package in *.deb; do dpkg -x "$package" root; done)
"$work/root/usr/bin/promtool" check rules deploy/fleet/prometheus/rules.yaml

# Names of the cluster lead nowhere here; everything else is as it is.
sed 's/rabbit-[123]:8883/127.0.0.1:8883/' deploy/fleet/cluster/haproxy.cfg > "$work/haproxy.cfg"
LD_LIBRARY_PATH=$(find "$work/root" -name '*.so*' -printf '%h\n' | sort -u | paste -sd:) \
  "$work/root/usr/sbin/haproxy" -c -f "$work/haproxy.cfg"

/usr/bin/python3 - <<'PY'
import json, pathlib, yaml
deploy = pathlib.Path("deploy/fleet")
for file in deploy.glob("kubernetes/*.yaml"):
    for one in yaml.safe_load_all(file.read_text()):
        assert {"apiVersion", "kind", "metadata", "spec"} <= one.keys(), file
compose = yaml.safe_load((deploy / "cluster/compose.yaml").read_text())
for name, service in compose["services"].items():
    assert "image" in service, name
    assert all(other in compose["services"] for other in service.get("depends_on", {})), name
panels = json.loads((deploy / "grafana/fleet.json").read_text())["panels"]
assert all(target["expr"] for panel in panels for target in panel["targets"])
print(f"{len(compose['services'])} services, {len(panels)} panels")
PY

postgres() { runuser -u postgres -- "$@"; }
programs=$(ls -d /usr/lib/postgresql/*/bin | tail -1)
chmod 711 "$work"
install -d -o postgres "$work/pg"
postgres "$programs/initdb" -D "$work/pg/data" -A trust -N >/dev/null
# The settings of a large machine, without its memory and its certificate.
sed -e 's/^ssl = on/ssl = off/' -e 's/^shared_buffers.*/shared_buffers = 64MB/' deploy/fleet/cluster/postgresql.conf >> "$work/pg/data/postgresql.conf"
postgres "$programs/pg_ctl" -D "$work/pg/data" -w -o "-k $work/pg -c listen_addresses=''" -l "$work/pg/log" start >/dev/null
trap 'postgres "$programs/pg_ctl" -D "$work/pg/data" -m immediate stop >/dev/null; rm -rf "$work"' EXIT
install -m644 deploy/fleet/cluster/roles.sql "$work/pg/"
postgres psql -q -v ON_ERROR_STOP=1 -h "$work/pg" -v password="'secret'" -f "$work/pg/roles.sql"
[ "$(postgres psql -At -h "$work/pg" -c "select rolsuper or rolbypassrls from pg_roles where rolname = 'fleet'")" = f ]

if [ -z "$package" ]; then
  deploy/fleet/build-deb.sh "$(dpkg --print-architecture)" "$work"
  package=$(ls "$work"/drivermonitor-fleet_*.deb)
fi
lintian --fail-on error,warning --allow-root "$package"
dpkg-deb -x "$package" "$work/installed"
man --warnings -l "$work/installed/usr/share/man/man1/drivermonitor-fleet.1.gz" >/dev/null 2>"$work/man"
[ ! -s "$work/man" ] || { cat "$work/man" >&2; exit 1; }
"$work/installed/usr/bin/drivermonitor-fleet" setup localhost --folder "$work/state" --config "$work/fleet.json"
"$work/installed/usr/bin/drivermonitor-fleet" check --config "$work/fleet.json"

# What both programs serve to Prometheus, as it reads it; the vehicle's while its demo runs.
figures_of() { # URL, PROGRAM...
  local url=$1; shift
  "$@" >"$work/log" 2>&1 &
  local program=$!
  for _ in $(seq 120); do if curl -fs "$url" >"$work/figures"; then break; fi; sleep 0.5; done
  kill "$program"; wait "$program" || true
  [ -s "$work/figures" ]
  "$work/root/usr/bin/promtool" check metrics <"$work/figures"
  echo "$url: $(grep -c '^# TYPE' "$work/figures") families"
}
figures_of http://127.0.0.1:8440/metrics "$work/installed/usr/bin/drivermonitor-fleet" run --config "$work/fleet.json"
dotnet build src/DriverMonitor -c Release -v quiet -nologo
figures_of http://127.0.0.1:8088/metrics dotnet src/DriverMonitor/bin/Release/net10.0/drivermonitor.dll demo
