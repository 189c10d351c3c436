#!/usr/bin/env bash
#
# Makes a folder that can be published, of the commit that is checked out. Publishes nothing, and changes nothing here.
#
# Usage: ./release.sh VERSION [FOLDER]
#   VERSION   as Semantic Versioning has it, such as 0.2.0 or 0.2.0-rc.1; CHANGELOG.md has a section of this name
#   FOLDER    where to; not there yet (default: target/release/VERSION)
#
# See docs/release.md.

set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# what a bank takes: the server's jars, and a program that needs none
MODULES=(ciba-authentication-channel consent-rest-resource permissions-theme kafka-destination sandbox evidence-verifier)
# without the one whose passwords anybody knows
REALMS=(fapi-realm.json realm-template.json)
SEMANTIC='^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$'

fail() {
    echo "release.sh: $1" >&2
    exit 1
}

if [ $# -lt 1 ] || [ $# -gt 2 ] || [ "${1#-}" != "$1" ]; then
    sed -n '3,9s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
    [ "${1:-}" = --help ] || exit 2
    exit
fi
VERSION=$1
FOLDER=$(realpath -m "${2:-$ROOT/target/release/$VERSION}")

[[ $VERSION =~ $SEMANTIC ]] || fail "'$VERSION' is no version of Semantic Versioning: name one like 0.2.0."
cd "$ROOT"
[ -z "$(git status --porcelain)" ] || fail "there are changes that are not committed: commit them, or put them aside."
! git rev-parse -q --verify "refs/tags/v$VERSION" >/dev/null ||
    fail "there is a tag v$VERSION: a version is released once, so name the next one."
[ ! -e "$FOLDER" ] || fail "$FOLDER is there: remove it, or name another folder."

# The section of the version, without its title.
notes() { awk -v title="## [$VERSION]" '/^## /{ on = index($0, title) == 1; next } on' "$ROOT/CHANGELOG.md"; }
[ -n "$(notes | tr -d '[:space:]')" ] ||
    fail "CHANGELOG.md says nothing of $VERSION: give what is 'Unreleased' the title '## [$VERSION] - $(date -u +%F)'."

# What is public stays as it is within a minor version before 1.0.0, and within a major version from then on.
API=ciba-authentication-channel/src/test/resources/io/assent/api/public-api.txt
line() { if [[ $1 == 0.* ]]; then cut -d. -f1,2 <<<"$1"; else cut -d. -f1 <<<"$1"; fi; }
LAST=$(git describe --tags --abbrev=0 --match 'v[0-9]*' --exclude 'v*-*' 2>/dev/null || true)
if [ -n "$LAST" ] && [ "$(line "${LAST#v}")" = "$(line "$VERSION")" ]; then
    GONE=$(LC_ALL=C comm -23 <(git show "$LAST:$API" | LC_ALL=C sort) <(LC_ALL=C sort "$API"))
    [ -z "$GONE" ] || fail "what $LAST promised is gone or changed, so the version has to be a higher one: $(head -n 5 <<<"$GONE")"
fi

WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
mkdir "$WORK/source" "$WORK/made"
git archive HEAD | tar -x -C "$WORK/source"
SNAPSHOT=$(sed -n '/<version>/{s:.*<version>\(.*\)</version>.*:\1:p;q;}' pom.xml)
find "$WORK/source" -name pom.xml -exec sed -i "s:<version>$SNAPSHOT</version>:<version>$VERSION</version>:" {} +

echo "Building $VERSION ..."
mvn -q -B -ntp -f "$WORK/source/pom.xml" -Prelease -am -pl "$(IFS=, && echo "${MODULES[*]}")" deploy \
    -Dmaven.test.skip=true -Dspotless.check.skip=true \
    -Dproject.build.outputTimestamp="$(TZ=UTC git log -1 --format=%cd --date=format-local:%Y-%m-%dT%H:%M:%SZ)" \
    -DaltDeploymentRepository="folder::file://$WORK/made/maven"

cd "$WORK/made"
mkdir providers optional sandbox tools realms sbom
for module in "${MODULES[@]}"; do
    jar=$WORK/source/$module/target/$module-$VERSION.jar
    case $module in
        # with what it needs, which it looks for beside itself
        evidence-verifier) cp -r "$jar" "$WORK/source/$module/target/lib" tools/ ;;
        kafka-destination) cp "$jar" optional/ ;;
        # in a folder of its own, so that nobody takes it into production with the others
        sandbox) cp "$jar" sandbox/ ;;
        *) cp "$jar" providers/ ;;
    esac
    sbom=$WORK/source/$module/target/classes/META-INF/sbom/application.cdx.json
    [ ! -f "$sbom" ] || cp "$sbom" "sbom/$module.cdx.json"
done
for realm in "${REALMS[@]}"; do cp "$WORK/source/realm-config/$realm" realms/; done
# what makes the image of these jars, and what runs it
mkdir docker
for file in Dockerfile deploy.sh ready.sh start.sh haproxy.cfg kubernetes observability; do
    cp -r "$WORK/source/docker/$file" docker/
done
sed -i 's: pom\.xml \*/target/\*\.jar : providers/*.jar sandbox/*.jar :' docker/Dockerfile
grep -q '^COPY docker/deploy.sh providers/' docker/Dockerfile || fail "docker/Dockerfile copies its jars in other words than it did."
cp "$WORK/source/LICENSE" "$WORK/source/NOTICE" .
# its links lead to this version's files
notes | sed "1{/^\$/d}; s,](\(docs/\|samples/\|README\.md\),](https://github.com/assent-io/assent/blob/v$VERSION/\1,g" >NOTES.md
git -C "$ROOT" rev-parse HEAD >COMMIT
find . -type f ! -name SHA256SUMS | LC_ALL=C sort | sed 's:^\./::' | xargs -d '\n' sha256sum >SHA256SUMS
cd "$ROOT"

mkdir -p "$(dirname "$FOLDER")"
mv "$WORK/made" "$FOLDER"
echo "Made $FOLDER of $(git rev-parse --short HEAD). To publish it: see docs/release.md."
