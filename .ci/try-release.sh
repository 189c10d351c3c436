#!/usr/bin/env bash
#
# Makes a release of the commit that is checked out, in a clone, with a version of its own: what must be refused is, and what
# is made is whole. Publishes nothing.

set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
VERSION=0.0.1-try.1
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT

fail() {
    echo "try-release.sh: $1" >&2
    exit 1
}

# What a refusal has to say, and how the script is called.
refused() {
    local says=$1 said
    shift
    if said=$(./release.sh "$@" 2>&1); then fail "'release.sh $*' was not refused"; fi
    [[ $said == *"$says"* ]] || fail "'release.sh $*' was refused by: $said"
}

git clone -q "$ROOT" "$WORK/clone"
cd "$WORK/clone"
git config user.name try
git config user.email try@localhost
OUT=$WORK/out

refused 'no version of Semantic Versioning' 1.0 "$OUT"
refused 'no version of Semantic Versioning' v1.0.0 "$OUT"
refused "says nothing of $VERSION" $VERSION "$OUT"
sed -i "s/^## \[Unreleased\]/&\n\n## [$VERSION] - 2026-01-01\n\nNo release, but a try. See the [README](README.md)./" CHANGELOG.md
refused 'not committed' $VERSION "$OUT"
git commit -qam 'a section for the release'
refused 'is there' $VERSION "$WORK"
git tag v0.0.1-try.2
refused 'there is a tag' 0.0.1-try.2 "$OUT"

API=ciba-authentication-channel/src/test/resources/io/assent/api/public-api.txt
echo 'class io.assent.Gone' >>$API
git commit -qam 'a public type'
git tag v0.0.0
git revert --no-edit HEAD >/dev/null
refused 'what v0.0.0 promised is gone' $VERSION "$OUT"
git tag -d v0.0.0 >/dev/null

./release.sh $VERSION "$OUT"
if [ -n "${ASSENT_ALL:-}" ]; then
    # whoever builds the same commit gets the same files, but for when Maven's repository was written
    ./release.sh $VERSION "$OUT-again" >/dev/null
    diff -r --exclude='maven-metadata*' --exclude=SHA256SUMS "$OUT" "$OUT-again" || fail "two builds of one commit differ"
fi

[ -z "$(git status --porcelain)" ] || fail "the clone was changed"
cd "$OUT"
sha256sum -c --quiet SHA256SUMS
[ "$(find . -type f ! -name SHA256SUMS | wc -l)" = "$(wc -l <SHA256SUMS)" ] || fail "a file has no checksum"
[ "$(ls providers)" = "$(printf '%s\n' ciba-authentication-channel consent-rest-resource permissions-theme | sed "s/\$/-$VERSION.jar/")" ] ||
    fail "in providers: $(ls providers)"
for module in ciba-authentication-channel consent-rest-resource permissions-theme kafka-destination sandbox evidence-verifier; do
    for end in .pom .jar -sources.jar -javadoc.jar; do
        [ -s "maven/io/assent/$module/$VERSION/$module-$VERSION$end" ] || fail "$module has no $end"
    done
done
# each file that the image is made of is there
sed -n '/--from=/!s/^COPY \(.*\) .*/\1/p' docker/Dockerfile | tr ' ' '\n' | while read -r copied; do
    compgen -G "$copied" >/dev/null || fail "docker/Dockerfile copies $copied, which is not there"
done
if docker info >/dev/null 2>&1; then
    docker build -q -f docker/Dockerfile -t "assent-try:$VERSION" . >/dev/null || fail "the folder gives no image"
    docker image rm "assent-try:$VERSION" >/dev/null
fi
if ls maven/io/assent | grep -Ex 'vendor-fakes|testing|kafka-broker'; then fail "what tests need would be published"; fi
if grep -rl SNAPSHOT --include='*.pom' --include='*.cdx.json' .; then fail "a snapshot is named"; fi
grep -q "^No release, but a try. See the \[README\](https://" NOTES.md || fail "the notes are others"
[[ $(java -jar "tools/evidence-verifier-$VERSION.jar" 2>&1 || true) == Usage* ]] || fail "the verifier does not start"
echo "What would be published is whole."
