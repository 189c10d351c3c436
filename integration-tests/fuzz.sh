#!/usr/bin/env bash
#
# Sends a stock Keycloak with the pack, on PostgreSQL, malformed requests from a seeded generator: to the app's API,
# the two endpoints that a TPP calls, and the consent screen. Fails when one is answered with a 5xx that the stock server's own paths do not
# answer as well, when a row of the database has changed, or when the heap has grown.
# Arguments: how many inputs (default 20000), and the seed (default 1). Takes a few minutes.

set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
echo "Building ..."
mvn -q -B -ntp pre-integration-test dependency:build-classpath -DskipTests -Dmdep.includeScope=test \
    -Dmdep.outputFile=target/test.classpath
cd integration-tests
exec java -cp "target/test-classes:$(cat target/test.classpath)" io.assent.it.fuzz.Fuzz "${1:-20000}" "${2:-1}"
