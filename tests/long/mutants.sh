#!/usr/bin/env bash
# Puts one deliberate fault after another into the judgement and lets the core's tests look for it. Fails when one lives.
#   tests/long/mutants.sh           every line of mutants.tsv
#   tests/long/mutants.sh PATTERN   the lines whose name matches the pattern
#
# mutants.tsv has four columns, separated by tabs: a name that says what goes wrong, the file's name without its folder,
# a snippet that occurs once in it, and what stands there instead. A file or a snippet that is no longer found exactly once
# fails the run by its name, so that the list cannot rot.
set -euo pipefail
cd "$(dirname "$0")/../.."
pattern=${1:-.}
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_TieredPGO=0

# First what is decided picture by picture, within seconds; then whatever else needs no minute and looks at the judgement.
quick='(FullyQualifiedName~.Stories.|FullyQualifiedName~.Alerts.|FullyQualifiedName~.Features.)'
for slow in AnyInput Clock Drowsier Drowsiness Golden Hint LateData LongDrive Profile ScoreStories Skin Step WholeDrives BlinkSimulation; do
  quick+="&FullyQualifiedName!~$slow"
done
rest='FullyQualifiedName!~.Architecture.&FullyQualifiedName!~LongDrive&FullyQualifiedName!~CleaningStudy&FullyQualifiedName!~OrderFuzz&FullyQualifiedName!~HeartVariability'
rest+='&FullyQualifiedName!~A_second_with_every_sense&FullyQualifiedName!~No_bytes_break'
longest=900 # seconds for one round of tests; a fault that hangs them is no fault that they found

list=$PWD/tests/long/mutants.tsv
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git ls-files -z --cached --others --exclude-standard | tar --null --files-from=- --ignore-failed-read -cf - 2>/dev/null | tar -xf - -C "$work"
cd "$work"

# A hundred builds of one project: its compiler is asked itself, with the arguments that a build would have given it.
build=(-p:Configuration=Release -p:RunAnalyzers=false -p:TreatWarningsAsErrors=false)
dotnet restore tests/DriverMonitor.Core.Tests -v quiet
cd src/DriverMonitor.Core
dotnet msbuild -t:Compile "${build[@]}" -p:SkipCompilerExecution=true -p:ProvideCommandLineArgs=true -getItem:CscCommandLineArgs |
  python3 -c 'import json, sys; [print(a["Identity"]) for a in json.load(sys.stdin)["Items"]["CscCommandLineArgs"]]' >"$work/core.rsp"
compiler=$(dotnet msbuild -getProperty:RoslynTargetsPath)/bincore/csc.dll
cd "$work"

dotnet build tests/DriverMonitor.Core.Tests -v quiet "${build[@]}" >build.log || { tail -5 build.log >&2; exit 1; }
bin=$PWD/$(dirname "$(find tests/DriverMonitor.Core.Tests/bin/Release -name DriverMonitor.Core.Tests.dll)")
compile() { (cd src/DriverMonitor.Core && dotnet "$compiler" /shared /noconfig /nologo "@$work/core.rsp" && cp obj/Release/*/DriverMonitor.Core.dll "$bin/") >build.log 2>&1; }
printf '{ "stopOnFail": true, "parallelizeTestCollections": true }\n' >"$bin/xunit.runner.json"

# Prints the first test that failed. Returns 0 when all passed, 1 when one failed, 2 when there is no verdict.
run_tests() {
  local status=0
  timeout "$longest" dotnet test "$bin/DriverMonitor.Core.Tests.dll" --filter "$1" >test.log 2>&1 || status=$?
  [ "$status" -ne 0 ] || return 0
  [ "$status" -ne 124 ] || return 2
  # Stopping at the first failure may crash the test host; what it told before that is a verdict all the same.
  grep -m1 -oP '(^\[xUnit\S* \S+\]\s+\K.*(?= \[FAIL\]))|(^\s+Failed \K\S+)' test.log || return 2
  return 1
}

replace='
import sys, pathlib
path, old, new = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
text = path.read_text(encoding="utf-8")
if text.count(old) != 1 or old == new: sys.exit(f"its snippet occurs {text.count(old)} times in {path.name}")
path.write_text(text.replace(old, new), encoding="utf-8")
'

compile || { tail -5 build.log >&2; exit 1; }
for filter in "$quick" "$rest"; do
  run_tests "$filter" || { tail -30 test.log >&2; echo "mutants: the tests fail without any fault." >&2; exit 1; }
done

total=0 killed=0
lived() { echo "LIVED   $1"; }
while IFS=$'\t' read -r name file old new; do
  [[ -n $name && $name != \#* ]] || continue
  [[ $name =~ $pattern ]] || continue
  total=$((total + 1))
  mapfile -t found < <(find src/DriverMonitor.Core -name "$file" -not -path '*/obj/*')
  if [ ${#found[@]} -ne 1 ]; then
    lived "$name: ${#found[@]} files are named $file"
    continue
  fi
  cp "${found[0]}" original
  if ! why=$(python3 -c "$replace" "${found[0]}" "$old" "$new" 2>&1); then
    lived "$name: $why"
  elif ! compile; then
    lived "$name: does not compile: $(grep -m1 -o 'error .*' build.log)"
  else
    status=0
    by=$(run_tests "$quick") || status=$?
    if [ "$status" -eq 0 ]; then
      by=$(run_tests "$rest") || status=$?
    fi
    case $status in
      0) lived "$name: no test noticed" ;;
      1) killed=$((killed + 1)); echo "killed  $name  ($by)" ;;
      *) lived "$name: no verdict: $(tail -1 test.log)" ;;
    esac
  fi
  cp original "${found[0]}"
done <"$list"

echo "$killed of $total faults were found."
[ "$total" -gt 0 ] && [ "$killed" -eq "$total" ]
