#!/bin/sh
# What `make` does about missing Debian packages, with a dpkg-query and an apt-get of ours.
. "$(dirname "$0")/../tools/case.sh"
packages=$root/tests/tools/packages.sh

mkdir bin
for tool in sh env sed sort grep mktemp rm cat; do ln -s "$(command -v $tool)" "bin/$tool"; done
stub() {
    printf '#!/bin/sh\n%s\n' "$2" >"bin/$1"
    chmod +x "bin/$1"
}
# The machine has every package but those of the file `lacks`; an installed one leaves that file.
stub dpkg-query 'shift 3
for package in "$@"; do grep -qxF "$package" lacks || echo "installed $package"; done'
stub apt-get 'echo "$DEBIAN_FRONTEND $*" >>asked
[ ! -e broken ] || { echo "E: no network"; exit 100; }'
stub id 'echo "${USER_ID:-0}"'

run() {
    rm -f asked
    PATH=$work/bin sh "$packages" "$@" >words 2>stderr
}
: >lacks
row 1 'nothing is missing' run build test
row 2 'then it is silent' test ! -s words -a ! -s stderr -a ! -e asked

printf 'libhpdf-dev\nfonts-ipamj-mincho\nqpdf\n' >lacks
row 3 'two are missing' run build
row 4 'it says which' says words '^Debian packages to install: libhpdf-dev fonts-ipamj-mincho$'
row 5 'lists are fetched first' sh -c 'head -n 1 asked | grep -q "^noninteractive .* update$"'
row 6 'then these alone are installed' sh -c \
    'tail -n 1 asked | grep -q "^noninteractive .* install -y --no-install-recommends libhpdf-dev fonts-ipamj-mincho$"'
row 7 'a test package is not looked at' silent asked qpdf
row 8 'unless asked for' run build test
row 9 'it is named, too' says words ' qpdf$'

USER_ID=1000
export USER_ID
row 10 'no root, no sudo' refuse 1 run build
row 11 'says what root should type' says stderr 'apt-get install --no-install-recommends libhpdf-dev fonts-ipamj-mincho$'
row 12 'nothing was tried' test ! -e asked
stub sudo 'echo sudo >>asked; exec "$@"'
row 13 'no root, but sudo' run build
row 14 'sudo is used' says asked '^sudo$'
unset USER_ID

: >broken
row 15 'apt-get fails' refuse 1 run build
row 16 'its words are shown' says stderr 'no network'
rm bin/apt-get bin/dpkg-query
row 17 'not a Debian' run build
row 18 'nothing is said' test ! -s words
row 19 'an unknown list' refuse 2 run everything

finish
