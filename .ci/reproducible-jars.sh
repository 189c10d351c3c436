#!/usr/bin/env bash
#
# Builds the commit that is checked out twice from scratch: in two directories, time zones, locales and umasks. Ends well
# when all jars came out the same, byte for byte. Uncommitted changes are not looked at.

set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
MODULES=(ciba-authentication-channel consent-rest-resource permissions-theme kafka-destination sandbox)
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT

# Prints the jars' checksums.
build() {
    local directory=$1
    shift
    mkdir -p "$directory"
    git -C "$ROOT" archive HEAD | tar -x -C "$directory"
    env "$@" mvn -q -B -ntp -f "$directory/pom.xml" -am -pl "$(IFS=, && echo "${MODULES[*]}")" package \
        -Dmaven.test.skip=true -Dspotless.check.skip=true >&2
    (cd "$directory" && for module in "${MODULES[@]}"; do sha256sum "$module"/target/*-[0-9]*.jar; done)
}

umask 022
one=$(build "$WORK/one" TZ=UTC LC_ALL=C)
umask 002
two=$(build "$WORK/another, far deeper/down the tree" TZ=Asia/Kolkata MAVEN_OPTS="-Duser.language=tr -Duser.country=TR")
echo "$one"
if [ "$one" != "$two" ]; then
    echo "reproducible-jars.sh: the second build differs:" >&2
    diff <(echo "$one") <(echo "$two") >&2 || true
    exit 1
fi
echo "Both builds made these jars."
