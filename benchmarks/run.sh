#!/usr/bin/env bash
#
# Measures the pack beside what a bank would use instead: see docs/performance.md, which a whole run writes.
# Everything listens on loopback alone, is bounded in time and in requests, and ends with this script.
#
# Usage: benchmarks/run.sh [--quick | --history | --settings | --draw]
#   --quick   fewer sides, calls and rounds, no start-up times; the results go to target/benchmarks instead of docs
#   --history measures what 5,000,000 rows of history cost, and nothing else; a whole run keeps what this wrote
#   --settings measures what settings of the server and the database change, and nothing else; the same
#   --draw    measures nothing: draws the page and its pictures from docs/performance.json, when how they look changes

set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
WORK=$ROOT/target/benchmarks
PACK=(ciba-authentication-channel consent-rest-resource permissions-theme sandbox)
STARTS=5
# far more than it takes
LIMIT_SECONDS=3600

part=
draw=
case ${1:-} in
    '') ;;
    --quick | --history | --settings) part=$1 ;;
    --draw) draw=--draw ;;
    *)
        sed -n '3,10s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
        exit 2
        ;;
esac

child_pid=
stop() {
    [ -n "$child_pid" ] || return 0
    kill "$child_pid" 2>/dev/null || true
    wait "$child_pid" 2>/dev/null || true
    child_pid=
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# In the background, since the shell would handle a signal only after a program in the foreground has ended.
run() {
    local status=0
    "$@" &
    child_pid=$!
    wait "$child_pid" || status=$?
    child_pid=
    return $status
}

first_in_pom() { sed -n "/<$1>/{s:.*<$1>\(.*\)</$1>.*:\1:p;q;}" "$ROOT/pom.xml"; }
jar_of() { printf '%s' "$ROOT/$1/target/$1-$(first_in_pom version)${2:-}.jar"; }

VERSION=$(first_in_pom keycloak.version)
STOCK=$WORK/stock/keycloak-$VERSION
rm -rf "$WORK/run"
mkdir -p "$WORK/run" "$WORK/built"

echo "Building ..."
run mvn -q -B -ntp -f "$ROOT/pom.xml" -am -pl "$(IFS=, && echo "${PACK[*]}"),benchmarks" \
    package dependency:build-classpath -Dmaven.test.skip=true -Dspotless.check.skip=true \
    -DincludeScope=runtime -Dmdep.outputFile=target/class-path.txt
if [ -n "$draw" ]; then
    run java -cp "$(jar_of benchmarks):$(cat "$ROOT/benchmarks/target/class-path.txt")" \
        io.assent.benchmark.Benchmark "$ROOT" $draw
    exit
fi
if [ ! -d "$STOCK" ]; then
    # Maven remembers what it unpacked anywhere in this checkout, and would not do it again
    run mvn -q -B -ntp -N -f "$ROOT/pom.xml" dependency:unpack -Dmdep.overWriteReleases=true \
        -Dartifact="org.keycloak:keycloak-quarkus-dist:$VERSION:zip" -DoutputDirectory="$WORK/stock"
fi

rm -f "$WORK/start-up.txt"
if [ -z "$part" ]; then
    run "$ROOT/benchmarks/start-up.sh" --built $STARTS >"$WORK/start-up.txt"
    tail -n 12 "$WORK/start-up.txt"
fi

pack=
for module in "${PACK[@]}"; do pack=$pack${pack:+:}$(jar_of "$module"); done
# the fakes' servers would hold small answers back otherwise
run timeout "$LIMIT_SECONDS" java -Xmx1g -Dslf4j.internal.verbosity=ERROR -Dsun.net.httpserver.nodelay=true \
    -Dassent.stock="$STOCK" -Dassent.floors="$(jar_of benchmarks -floors)" -Dassent.pack="$pack" \
    -cp "$(jar_of benchmarks):$(cat "$ROOT/benchmarks/target/class-path.txt")" \
    io.assent.benchmark.Benchmark "$ROOT" $part
