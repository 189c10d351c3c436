#!/usr/bin/env bash
#
# How much longer a stock Keycloak takes to start with the pack than without: both in production shape (built, started
# with --optimized), each on an embedded database of its own, by turns in a changing order, so that what else the machine
# does hits all alike. A third server, without the pack like the first, shows how far two equal ones are apart: the noise.
# Prints, for the time that the server itself says it took and for the processor time of its process until then, each
# side's median with the middle half of all starts, and the median over the turns of each ratio.
# Takes about eight minutes on a quiet machine.
#
# Usage: benchmarks/start-up.sh [--built] [starts]
#   --built   the jars and the stock server are there, as run.sh has made them
#   starts    how many of each; 15 if it is not said

set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
WORK=$ROOT/target/benchmarks/start-up
built=
if [ "${1:-}" = --built ]; then
    built=yes
    shift
fi
STARTS=${1:-15}
PORT=8189
SIDES=(without with again)
TICK_MS=$((1000 / $(getconf CLK_TCK)))
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

# as run.sh unpacks it
UNPACKED=$ROOT/target/benchmarks/stock/keycloak-$(first_in_pom keycloak.version)

prepare() {
    local side=$1 module version
    version=$(first_in_pom version)
    rm -rf "${WORK:?}/$side"
    cp -R "$UNPACKED" "$WORK/$side"
    if [ "$side" = with ]; then
        for module in "${PACK[@]}"; do
            cp "$ROOT/$module/target/$module-$version.jar" "$WORK/with/providers/"
        done
    fi
    "$WORK/$side/bin/kc.sh" build >"$WORK/$side.build.log" 2>&1
    echo "Making the tables of the server '$side' ..."
    start_once "$side" >/dev/null
    start_once "$side" >/dev/null
}

# Milliseconds of processor time, user and system, that the process of a script's server has had.
processor_ms() {
    local java
    java=$(pgrep -P "$1" java || echo "$1")
    sed 's/.*) //' "/proc/$java/stat" | awk -v tick="$TICK_MS" '{ print ($12 + $13) * tick }'
}

# Starts one side, waits until it says that it is up, and prints how long it says that took and what it cost, in
# milliseconds.
start_once() {
    local side=$1 log=$WORK/$1.log waited=0 cost
    : >"$log"
    "$WORK/$side/bin/kc.sh" start --optimized --http-enabled=true --hostname-strict=false --http-host=127.0.0.1 \
        --http-port=$PORT </dev/null >"$log" 2>&1 &
    server_pid=$!
    until grep -q 'Listening on' "$log"; do
        if ! kill -0 "$server_pid" 2>/dev/null || [ $waited -ge 1200 ]; then
            tail -n 20 "$log" >&2
            echo "start-up.sh: the server '$side' did not start" >&2
            exit 1
        fi
        sleep 0.1
        waited=$((waited + 1))
    done
    cost=$(processor_ms "$server_pid")
    stop
    echo "$(sed -n 's/.* started in \([0-9]*\)\.\([0-9]*\)s\. Listening on.*/\1\2/p' "$log" | head -n 1) $cost"
}

# The median of the numbers on standard input, and the middle half of them.
spread() {
    sort -n | awk '{ a[NR] = $1 } END { printf "%s (%s to %s)", a[int((NR + 1) / 2)], a[int((NR + 3) / 4)], a[int((3 * NR + 3) / 4)] }'
}

# Each turn's ratio of one side to the server without the pack, in percent. Arguments: the side, the column.
ratios() {
    paste "$WORK/without.times" "$WORK/$1.times" | awk -v column="$2" '{ printf "%.1f\n", 100 * $(column + 2) / $column }'
}

report() {
    local column=$1 what=$2 side
    echo "$what, in ms: median (middle half) of $STARTS starts"
    for side in "${SIDES[@]}"; do
        echo "  $side: $(awk -v column="$column" '{ print $column }' "$WORK/$side.times" | spread)"
    done
    echo "  with the pack: $(ratios with "$column" | spread) % of without; noise: $(ratios again "$column" | spread) %"
}

build() {
    echo "Building ..."
    mvn -q -B -ntp -f "$ROOT/pom.xml" -am -pl "$(IFS=, && echo "${PACK[*]}")" package -Dmaven.test.skip=true \
        -Dspotless.check.skip=true
    if [ ! -d "$UNPACKED" ]; then
        mvn -q -B -ntp -N -f "$ROOT/pom.xml" dependency:unpack \
            -Dartifact="org.keycloak:keycloak-quarkus-dist:$(first_in_pom keycloak.version):zip" \
            -DoutputDirectory="$(dirname "$UNPACKED")" -Dmdep.overWriteReleases=true
    fi
}

[ -n "$built" ] || build
mkdir -p "$WORK"
prepare without
prepare with
# the same files, with the same database
rm -rf "$WORK/again"
cp -R "$WORK/without" "$WORK/again"
for side in "${SIDES[@]}"; do
    : >"$WORK/$side.times"
done

for ((turn = 0; turn < STARTS; turn++)); do
    for ((place = 0; place < ${#SIDES[@]}; place++)); do
        side=${SIDES[(turn + place) % ${#SIDES[@]}]}
        start_once "$side" >>"$WORK/$side.times"
    done
    echo "turn $((turn + 1)), ms and processor ms:$(for side in "${SIDES[@]}"; do echo -n " $side $(tail -n 1 "$WORK/$side.times");"; done)"
done
report 1 "Start-up time, as the server says"
report 2 "Processor time until then"
