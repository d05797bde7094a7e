# Sourced by the scripts that make packages, from the tree's root: what they are asked for, and what every package of one commit shares.
#   package_for SCRIPT [amd64|arm64] [FOLDER]    sets arch, runtime, out, version, work and SOURCE_DATE_EPOCH
# shellcheck shell=bash disable=SC2034  # they are used by who sources it

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

package_for() {
  arch=${2:-$(dpkg --print-architecture)}
  out=${3:-out}
  case $arch in
    amd64) runtime=linux-x64 ;;
    arm64) runtime=linux-arm64 ;;
    *) echo "$1: '$arch' is not understood. Give amd64 or arm64." >&2; exit 64 ;;
  esac
  version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' src/Directory.Build.props)
  # Every file has the time of the last commit, or of the changelog where there is no repository.
  SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date -d "$(sed -n 's/^ -- .*>  //p' deploy/debian/changelog | head -1)" +%s)}
  export SOURCE_DATE_EPOCH
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
}

# publish_self_contained PROJECT FOLDER: the program with its runtime; the service needs no debugger.
publish_self_contained() {
  dotnet publish "$1" -c Release -r "$runtime" --self-contained -o "$2" -v quiet -nologo \
    -p:DebugType=none -p:SatelliteResourceLanguages=en -p:Deterministic=true -p:ContinuousIntegrationBuild=true
  rm -f "$2"/createdump "$2"/libmscordaccore.so "$2"/libmscordbi.so "$2"/*.xml
}

# write_control ROOT FOLDER: DEBIAN/control with version and size, the maintainer's scripts, and the sums of all files.
write_control() {
  install -d "$1/DEBIAN"
  sed -e "s/@VERSION@/$version/" -e "s/@ARCH@/$arch/" -e "s/@SIZE@/$(du -sk --apparent-size "$1" | cut -f1)/" \
    "$2/control" > "$1/DEBIAN/control"
  install -m755 "$2"/{postinst,prerm,postrm} "$1/DEBIAN/"
  (cd "$1" && find usr -type f -print0 | sort -z | xargs -0 md5sum > DEBIAN/md5sums)
  chmod 644 "$1"/DEBIAN/{control,md5sums}
}
