#!/usr/bin/env bash
#
# Starts what compose.yaml and cluster.yaml describe, as a project of its own with passwords and ports of its own, checks
# it from outside, and removes it with its volumes. Needs an engine with compose, the jars
# that "mvn package" builds, curl and Java. Ends well only when every check did.

set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
WORK=$(mktemp -d)
PROJECT=assent-try-$$
PORT=${PORT:-18480}
SANDBOX_PORT=$((PORT + 1))

compose() {
    docker compose --project-name "$PROJECT" --env-file "$WORK/env" \
        -f "$ROOT/docker/compose.yaml" -f "$ROOT/docker/cluster.yaml" --profile sandbox "$@"
}

one_node() {
    docker compose --project-name "$PROJECT" --env-file "$WORK/env" -f "$ROOT/docker/compose.yaml" --profile sandbox "$@"
}

say() { printf '%s\n' "$*"; }

die() {
    say "try.sh: $*" >&2
    compose logs --no-color --tail 40 >&2 || true
    exit 1
}

clean_up() {
    compose down --volumes --timeout 10 >/dev/null 2>&1 || true
    docker image rm "assent:$PROJECT" "assent-sandbox:$PROJECT" >/dev/null 2>&1 || true
    rm -rf "$WORK"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

secret() { od -An -N18 -tx1 /dev/urandom | tr -d ' \n'; }

expect() {
    local what=$1 expected=$2 seen=$3
    [ "$seen" = "$expected" ] || die "$what: expected $expected, saw ${seen:-nothing}"
    say "  $what: $seen"
}

status() { curl -s -o /dev/null -w '%{http_code}' "$@"; }

# The value of a name in flat JSON on the standard input.
value() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }

providers() {
    compose exec -T "$1" bash -c 'cd /opt/keycloak/providers && echo *.jar' | sed -E 's/-[0-9][^ ]*\.jar//g'
}

# Plays "./run.sh --journey" from outside. The journey takes its JSON parser from the server.
journey() {
    local class_path jar
    class_path=$(echo "$ROOT"/sandbox/target/sandbox-[0-9]*.jar)
    for jar in $(compose exec -T sandbox bash -c 'cd /opt/keycloak/lib/lib/main && echo com.fasterxml.jackson.core.*.jar'); do
        compose exec -T sandbox bash -c "cat /opt/keycloak/lib/lib/main/$jar" >"$WORK/$jar"
        class_path=$class_path:$WORK/$jar
    done
    "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$class_path" io.assent.sandbox.journey.Journey "$1" bank >"$WORK/journey" ||
        die "the journey failed: $(cat "$WORK/journey")"
    say "  $(tail -n 1 "$WORK/journey")"
}

# A TPP in ping mode asks, and hears of the answer at the sandbox's notification endpoint.
ping() {
    local realm=$1/realms/bank token request listener tpp=(-s -u orbit-pisp:orbit-pisp-secret)
    token=$(secret)
    curl -sN --max-time 30 -H 'Content-Type: application/json' -d "{\"clientNotificationToken\":\"$token\"}" \
        "$realm/sandbox/notifications/stream" >"$WORK/pings" &
    listener=$!
    sleep 2
    request=$(curl "${tpp[@]}" "$realm/protocol/openid-connect/ext/ciba/auth" -d scope=openid -d login_hint=alice \
        -d "client_notification_token=$token" | value auth_req_id)
    [ -n "$request" ] || die "the TPP in ping mode could not ask"
    expect "the unattended answer" 200 "$(status -X POST "$realm/sandbox/decisions?action=allow&auth_req_id=$request")"
    for _ in $(seq 20); do
        ! grep -q auth_req_id "$WORK/pings" || break
        sleep 0.5
    done
    kill "$listener" 2>/dev/null || true
    wait "$listener" 2>/dev/null || true
    [ "$(value auth_req_id <"$WORK/pings")" = "$request" ] || die "no ping with the auth_req_id came"
    say "  the ping carries the auth_req_id"
    expect "the scope of the tokens" "openid payments.initiate" "$(
        curl "${tpp[@]}" "$realm/protocol/openid-connect/token" -d grant_type=urn:openid:params:grant-type:ciba \
            -d "auth_req_id=$request" | value scope | tr ' ' '\n' | sort | tr '\n' ' ' | sed 's/ $//'
    )"
}

docker compose version >/dev/null 2>&1 || { say "try.sh: no docker compose here" >&2; exit 1; }
docker info >/dev/null 2>&1 || { say "try.sh: no container engine answers" >&2; exit 1; }

say "POSTGRES_PASSWORD=$(secret)
KEYCLOAK_ADMIN_PASSWORD=$(secret)
KEYCLOAK_PORT=$PORT
SANDBOX_PORT=$SANDBOX_PORT
ASSENT_TAG=$PROJECT" >"$WORK/env"

say "Passwords that anybody knows ..."
sed 's/^POSTGRES_PASSWORD=.*/POSTGRES_PASSWORD=/' "$WORK/env" >"$WORK/no-password"
if docker compose --project-name "$PROJECT" --env-file "$WORK/no-password" -f "$ROOT/docker/compose.yaml" config \
    >/dev/null 2>"$WORK/log"; then
    die "compose goes on without a password"
fi
grep -q 'POSTGRES_PASSWORD.*choose one' "$WORK/log" || die "compose does not say what to set: $(cat "$WORK/log")"
say "  without one: refused"

say "One node and the sandbox ..."
one_node up --build --wait >"$WORK/log" 2>&1 || die "compose up did not end healthy: $(tail -n 20 "$WORK/log")"
expect "the providers of the image" "ciba-authentication-channel consent-rest-resource permissions-theme" "$(providers keycloak)"
expect "the providers of the sandbox" \
    "ciba-authentication-channel consent-rest-resource permissions-theme sandbox" "$(providers sandbox)"
said=$(docker run --rm -e KC_DB_PASSWORD=change-me-database "assent:$PROJECT" 2>&1) && die "the image starts with a password of an example"
case $said in
    *KC_DB_PASSWORD*) say "  an example's password: refused" ;;
    *) die "the image does not say which password is an example's: $said" ;;
esac
expect "the realm" 200 "$(status "http://localhost:$PORT/realms/bank")"
expect "the phone page in production" 404 "$(status "http://localhost:$PORT/realms/bank/sandbox/phone")"
for page in phone tpp assets/phone.js; do
    expect "sandbox/$page" 200 "$(status "http://localhost:$SANDBOX_PORT/realms/bank/sandbox/$page")"
done
journey "http://localhost:$SANDBOX_PORT"
ping "http://localhost:$SANDBOX_PORT"

say "Two nodes behind a proxy ..."
compose up --wait >"$WORK/log" 2>&1 || die "compose up did not end healthy: $(tail -n 20 "$WORK/log")"
# into a file: a grep that has seen enough would end the pipe, and with it the script
compose logs --no-color keycloak-2 >"$WORK/log"
grep -q 'new cluster view .* (2) ' "$WORK/log" || die "the two nodes have not found each other"
say "  the nodes have found each other"
expect "the issuer, whatever a client forges" "http://localhost:$PORT/realms/bank" "$(
    curl -s -H 'X-Forwarded-Host: evil.example' -H 'Forwarded: host=evil.example' -H 'X-Forwarded-Proto: https' \
        "http://localhost:$PORT/realms/bank/.well-known/openid-configuration" | value issuer
)"
expect "a login by a password alone" unauthorized_client "$(
    curl -s -H 'X-Forwarded-For: 203.0.113.9' -H 'Forwarded: for=203.0.113.9' \
        "http://localhost:$PORT/realms/bank/protocol/openid-connect/token" -d grant_type=password -d client_id=bank-app \
        -d username=bob -d password=wrong | value error
)"
for path in consent consent/; do
    expect "a login that goes around what it is required to do, by $path" 403 \
        "$(status -X POST "http://localhost:$PORT/realms/bank/login-actions/$path")"
done
attempt=$(compose logs --no-color keycloak keycloak-2 | grep 'type="LOGIN_ERROR"' || true)
case $attempt in
    *203.0.113.9*) die "a node believes the address that a client forged" ;;
    *ipAddress=\"*) say "  the nodes don't believe the address that a client forged" ;;
    *) die "no node has noted the login" ;;
esac
compose stop keycloak >/dev/null 2>&1
sleep 6
expect "the realm, six times, with one of the nodes stopped" "200 200 200 200 200 200" "$(
    for _ in 1 2 3 4 5 6; do status "http://localhost:$PORT/realms/bank"; echo; done | xargs
)"
say "All is well."
