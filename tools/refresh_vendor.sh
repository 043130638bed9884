#!/bin/sh
# Fetches the pinned browser files from npm into apoa/static/vendor/ and lists their SHA-256.
# Run by hand when a version below changes; the result is committed, so nothing is fetched
# at build or run time and pages load nothing from another host.
set -eu

cd "$(dirname "$0")/.."
vendor=apoa/static/vendor
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# take NAME VERSION FILE...: copies the files, flat, into vendor/NAME-VERSION/
take() {
    name=$1 version=$2
    shift 2
    (cd "$work" && npm pack --silent "$name@$version" >/dev/null)
    mkdir "$work/$name"
    tar -xzf "$work/$name-$version.tgz" -C "$work/$name"
    target="$vendor/$name-$version"
    rm -rf "$vendor/$name"-*
    mkdir -p "$target"
    for file in "$@"; do
        cp "$work/$name/package/$file" "$target/"
    done
    chmod 644 "$target"/*
}

take bootstrap 5.3.9 dist/css/bootstrap.min.css LICENSE
take htmx.org 2.0.10 dist/htmx.min.js LICENSE
take accessible-autocomplete 3.0.1 \
    dist/accessible-autocomplete.min.css dist/accessible-autocomplete.min.js LICENSE.txt

# The map comment points at a file that is not shipped; browsers would ask for it in vain.
find "$vendor" -name '*.min.*' -exec sed -i 's@/[/*]# sourceMappingURL=.*$@@' {} +

(cd "$vendor" && find . -type f ! -name SHA256SUMS | LC_ALL=C sort | xargs sha256sum >SHA256SUMS)
cat "$vendor/SHA256SUMS"
