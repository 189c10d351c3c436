#!/bin/bash
# While the image is built: moves the jar of each named module to the providers, and insists on exactly one of each.
set -euo pipefail
shopt -s nullglob
for module in "$@"; do
    jars=("$(dirname "$0")/$module"-[0-9]*.jar)
    if [ ${#jars[@]} -ne 1 ]; then
        echo "Found ${#jars[@]} jars of $module in the build context, where one is needed: run mvn clean package, or take a release's folder as it is" >&2
        exit 1
    fi
    cp --preserve=timestamps "${jars[0]}" /opt/keycloak/providers/
done
