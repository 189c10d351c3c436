#!/usr/bin/env bash
#
# FuzzIT with more inputs, or with another seed: see there. Takes a few minutes.
# Arguments: how many inputs (default 20000), and the seed (default 1).

set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec mvn -B -ntp verify -Plong -pl integration-tests -am \
    -Dit.test=FuzzIT -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false \
    -Dassent.excluded=none -Dassent.fuzz.inputs="${1:-20000}" -Dassent.fuzz.seed="${2:-1}"
