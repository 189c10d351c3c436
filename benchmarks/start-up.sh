#!/usr/bin/env bash
#
# How much longer a stock Keycloak takes to start with the pack than without: both in production shape (built, started
# with --optimized), on their own embedded databases, by turns, so that what else the machine does hits both alike.
# Prints every time, the medians and their ratio. Takes about four minutes. Argument: how many starts of each (default 5).

set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
WORK=$ROOT/target/benchmarks/start-up
STARTS=${1:-5}
PORT=8189
PACK=(ciba-authentication-channel consent-rest-resource permissions-theme)

server_pid=
stop() {
    [ -n "$server_pid" ] || return 0
    kill "$server_pid" 2>/dev/null || true
    wait "$server_pid" 2>/dev/null || true
    server_pid=
}
trap stop EXIT

first_in_pom() { sed -n "/<$1>/{s:.*<$1>\(.*\)</$1>.*:\1:p;q;}" "$ROOT/pom.xml"; }

prepare() {
    local side=$1 module version
    version=$(first_in_pom version)
    mkdir -p "$WORK"
    rm -rf "${WORK:?}/$side"
    cp -R "$WORK/unpacked/keycloak-$(first_in_pom keycloak.version)" "$WORK/$side"
    if [ "$side" = with ]; then
        for module in "${PACK[@]}"; do
            cp "$ROOT/$module/target/$module-$version.jar" "$WORK/with/providers/"
        done
    fi
    "$WORK/$side/bin/kc.sh" build >"$WORK/$side.build.log" 2>&1
}

# Starts one side, waits until it says that it is up, and prints how long it says that took, in milliseconds.
start_once() {
    local side=$1 log=$WORK/$1.log waited=0
    : >"$log"
    "$WORK/$side/bin/kc.sh" start --optimized --http-enabled=true --hostname-strict=false --http-host=127.0.0.1 \
        --http-port=$PORT </dev/null >"$log" 2>&1 &
    server_pid=$!
    until grep -q 'Listening on' "$log"; do
        if ! kill -0 "$server_pid" 2>/dev/null || [ $waited -ge 120 ]; then
            tail -n 20 "$log" >&2
            echo "start-up.sh: the server $side the pack did not start" >&2
            exit 1
        fi
        sleep 1
        waited=$((waited + 1))
    done
    stop
    sed -n 's/.* started in \([0-9]*\)\.\([0-9]*\)s\. Listening on.*/\1\2/p' "$log" | head -n 1
}

median() { printf '%s\n' "$@" | sort -n | sed -n "$((($# + 1) / 2))p"; }

echo "Building ..."
mvn -q -B -ntp -f "$ROOT/pom.xml" -pl "$(IFS=, && echo "${PACK[*]}")" package -Dmaven.test.skip=true
mvn -q -B -ntp -N -f "$ROOT/pom.xml" dependency:unpack \
    -Dartifact="org.keycloak:keycloak-quarkus-dist:$(first_in_pom keycloak.version):zip" \
    -DoutputDirectory="$WORK/unpacked" -Dmdep.overWriteReleases=true
for side in without with; do
    prepare "$side"
    echo "Making the tables of the server $side the pack ..."
    start_once "$side" >/dev/null
done

without=()
with=()
for ((turn = 1; turn <= STARTS; turn++)); do
    without+=("$(start_once without)")
    with+=("$(start_once with)")
    echo "start $turn: without ${without[-1]} ms, with ${with[-1]} ms"
done
a=$(median "${without[@]}")
b=$(median "${with[@]}")
echo "median of $STARTS: without $a ms, with $b ms, ratio $((b * 100 / a)) %"
