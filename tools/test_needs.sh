#!/bin/sh
# What the tests run besides Python: Chromium, and PHP and Node.js for the guide's samples.
# Installs them on Debian as root; elsewhere says what is missing (a sample's test is then skipped).
set -eu

has() {
    for name in "$@"; do
        command -v "$name" >/dev/null 2>&1 && return 0
    done
    return 1
}

missing=""
has chromium chromium-browser google-chrome || missing="chromium"
has php || missing="$missing php-cli"
has node || missing="$missing nodejs"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ] && has apt-get; then
    echo "Installing for the tests: $missing"
    # shellcheck disable=SC2086 # a list of names
    apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing >/dev/null
    exit 0
fi
echo "The tests need these packages: $missing. Install them and run again." >&2
has chromium chromium-browser google-chrome
