#!/usr/bin/env bash
# Answers the questions of "setup" on a real terminal (tmux): every path, a wrong answer to each question, Ctrl-C at each, 40 and
# 80 columns, no terminal at all.
#   SETUP_SCREENS=folder   keeps what the terminal showed, to be looked at
set -euo pipefail
cd "$(dirname "$0")/../.."

. tests/install.sh
install_missing tmux python3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet build src/DriverMonitor -c Release -v quiet >/dev/null
# A copy, which nobody who builds meanwhile pulls away.
cp -r src/DriverMonitor/bin/Release/net10.0 "$work/program"
ln -s "$PWD/models" "$work/models"
python3 tests/long/setup/paths.py "$work/program/drivermonitor.dll" "$work" "${SETUP_SCREENS:-$work/screens}"
