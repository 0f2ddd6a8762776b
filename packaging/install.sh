#!/bin/sh
# Cài từ thư mục này, không cần mạng: sudo sh install.sh / Installs from this folder without a network: sudo sh install.sh
set -eu
[ "$(id -u)" = 0 ] || { echo "Hãy chạy / run: sudo sh $0" >&2; exit 1; }
here=$(cd "$(dirname "$0")" && pwd)
(cd "$here" && sha256sum --quiet --check SHA256SUMS)
own=$(mktemp -d)
trap 'rm -r "$own"' EXIT
mkdir -p "$own/lists/partial"
# A folder's name may hold blanks; apt reads as root here, for others may not look into a stick.
echo "deb [trusted=yes] file:$(echo "$here" | sed 's/ /%20/g') ./" >"$own/stick.list"
from_here() {
    apt-get -o Dir::Etc::SourceList="$own/stick.list" -o Dir::Etc::SourceParts=/dev/null -o Dir::State::Lists="$own/lists" \
        -o APT::Sandbox::User=root "$@"
}
from_here -qq update
DEBIAN_FRONTEND=noninteractive from_here --yes install dinh "$@"
