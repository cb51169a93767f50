#!/bin/sh
# tests/tools/packages.sh build|test ... -- installs the Debian packages that are missing, and says which.
# Silent when none is. Needs root or sudo only when something is to be installed. Elsewhere than on Debian it
# does nothing: the compiler will say what it lacks.
set -eu

build='gcc libc6-dev make pkg-config
    libhpdf-dev libharfbuzz-dev libfreetype-dev libfontconfig-dev libqrencode-dev libdeflate-dev libssl-dev
    libyaml-dev libutf8proc-dev libxxhash-dev libexpat1-dev libpng-dev libtiff-dev libcairo2-dev
    fonts-morisawa-bizud-mincho fonts-morisawa-bizud-gothic fonts-ipaexfont-mincho fonts-ipaexfont-gothic
    fonts-ipamj-mincho'
test='libcmocka-dev clang libclang-rt-14-dev valgrind openssl procps
    poppler-utils poppler-data qpdf mupdf-tools ghostscript zbar-tools zxing-cpp-tools zint'

wanted=
for list in "$@"; do
    case $list in
    build) wanted="$wanted $build" ;;
    test) wanted="$wanted $test" ;;
    *) echo "usage: $0 build|test ..." >&2; exit 2 ;;
    esac
done
command -v dpkg-query >/dev/null && command -v apt-get >/dev/null || exit 0

# shellcheck disable=SC2086  # lists of words
installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' $wanted 2>/dev/null |
    sed -n 's/^installed //p' | sort -u)
missing=
for package in $wanted; do
    echo "$installed" | grep -qxF "$package" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

echo "Debian packages to install:$missing"
root=
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "this needs root; as root run: apt-get install --no-install-recommends$missing" >&2
        exit 1
    fi
    root='sudo'
fi
apt() {
    $root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 \
        -o Dpkg::Use-Pty=0 "$@" </dev/null
}
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# shellcheck disable=SC2086
if ! { apt update && apt install -y --no-install-recommends $missing; } >"$log" 2>&1; then
    cat "$log" >&2
    echo "the packages could not be installed; try: apt-get install --no-install-recommends$missing" >&2
    exit 1
fi
