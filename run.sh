#!/usr/bin/env bash
#
# Starts a stock Keycloak with this pack and the dev realm on the local machine, or plays one journey on it; or checks
# exported evidence, without a server.
# "./run.sh --help" says how. Needs bash (3.2 will do), a JDK and Maven, nothing else.

set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly ROOT
readonly RUN=$ROOT/target/run
readonly MODULES=(ciba-authentication-channel consent-rest-resource permissions-theme sandbox)
# What runs beside the server, or is needed to build the above.
readonly TOOLS=(vendor-fakes evidence-verifier)
readonly REALM_FILE=$ROOT/realm-config/bank-realm.json
readonly PARTNER_FILE=$ROOT/realm-config/nova-realm.json
# It is packed into a jar.
readonly TEMPLATE=$ROOT/realm-config/realm-template.json
readonly DATABASE=keycloakdb
# What Keycloak adds to the H2 URL that it chooses itself, and leaves out of a given one.
readonly DATABASE_SETTINGS="NON_KEYWORDS=VALUE;DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=0"

# The one server of this checkout: its process and its port, while it runs.
readonly SERVER_RECORD=$RUN/server.pid
# In a data directory, the port that its realm was imported for. Without this file, a directory is not ours.
readonly DATA_MARK=.assent-data

# What the sandbox makes customers of.
readonly KINDS=(good slow down dead phoneless german locked)
readonly OF_EACH_KIND=10

readonly METRICS_PORT=9000
readonly START_TIMEOUT=300
readonly STOP_TIMEOUT=30

port=8080
port_chosen=false
data=
fresh=false
seed=
journey=false
played=()
demo=false
load=false
loaded=()
load_realm=
doctor=false
fcm_fake=false
metrics=false

# With which status it ends when it can't do what it was asked to.
failure=1

# What has to end when this script ends.
server_pid=
child_pid=
fake_pid=
tail_pid=

# What else the server is started with. The sandbox's TPPs are on this machine, where no other is called.
server_options=("--spi-connections-http-client--client-endpoints--allowed-hosts=localhost")

usage() {
    cat <<'END'
Usage: ./run.sh [--port N] [--data DIR] [--fresh] [--seed N] [--fcm-fake] [--metrics]
       ./run.sh --demo [--port N] [--data DIR] [--fresh]
       ./run.sh --journey [app-link | both-ways | identity | changed-permissions] [--port N] [--seed N]
       ./run.sh --load N [--rate N] [--minutes N] [--realm URL [--remote]] [--port N]
       ./run.sh --doctor [--port N]
       ./run.sh --verify-evidence FILE [--jwks FILE] [--issuer URL]... [--origin ORIGIN]...

Without --journey: builds what is missing, unpacks a stock Keycloak, deploys the pack, imports the realm "bank",
starts on http://localhost:8080 with the embedded database and runs until Ctrl-C.

  --port N     listen on port N instead of 8080
  --data DIR   keep the database in DIR (default: target/run/data); it is kept between runs
  --fresh      start with empty data: the realm is imported again
  --seed N     make ten customers of each kind, with accounts and simulated phones: the same ones for the same N, from 0 to
               999999 (docs/tpp-developer.md, "Customers")
  --fcm-fake   send pushes of the platform "fcm" to a fake of Firebase Cloud Messaging on this machine, and show them
  --metrics    have metrics on http://localhost:9000/metrics (docs/monitoring.md)
  --demo       open a browser with a story of five minutes, which plays by itself: a consent, a payment, and its end
  --journey    play one whole journey and one denial on the server of this checkout, or on one that is started for it
               with data of its own and stopped afterwards; exits 0 only if every step went well.
               With app-link: the journey of a browser that is sent to the bank, whose page's code the app scans
               With both-ways: a company may see something at the bank, and the bank at the company
               With identity: a company asks who the customer is, claim by claim
               With changed-permissions: the bank's staff change permissions while a consent stands
  --load N     play the journeys of N customers (1 to 1000) at once, found as for --journey, and print how long the calls
               took; exits 0 only if every journey went well (docs/testing.md, "Load")
  --rate N     begin N journeys a second, from 1 to 50, in place of 4
  --minutes N  begin journeys for N minutes, from 1 to 30, in place of one journey of each customer
  --realm URL  on a sandbox that runs elsewhere, as http://localhost:8080/realms/bank; --remote if that is not this machine
  --doctor     print what is wrong with how the realm "bank" is set up, on the server of this checkout, which must run;
               exits 0 if nothing is an error, 1 if something is (docs/setup.md)
  --help       show this text

With --verify-evidence: checks evidence that the staff API exported, offline, and starts nothing (docs/evidence.md).
Exits 0 with a report where all of it holds, 1 with the first thing that does not, 2 where a file can't be read.

  --jwks FILE      the realm's public keys, to check that it is the realm that sealed the evidence
  --issuer URL     one that the realm had when the customer answered, if it has another one by now
  --origin ORIGIN  one that the realm allowed for passkeys beside its own sites' (Extra origins)
END
}

say() { printf '%s\n' "$*"; }

die() {
    printf 'run.sh: %s\n' "$*" >&2
    exit $failure
}

# Some lines of Keycloak's fill a screen each.
end_of() {
    tail -n 30 "$1" | cut -c 1-400
}

parse_options() {
    while [ $# -gt 0 ]; do
        case $1 in
            --port)
                [ -n "${2:-}" ] || die "--port needs a number"
                port=$2
                port_chosen=true
                shift
                ;;
            --data)
                [ -n "${2:-}" ] || die "--data needs a directory"
                data=$2
                shift
                ;;
            --fresh) fresh=true ;;
            --seed)
                [ -n "${2:-}" ] || die "--seed needs a number"
                seed=$2
                shift
                ;;
            --journey)
                journey=true
                case ${2:-} in
                    app-link | both-ways | identity | changed-permissions)
                        played=("$2")
                        shift
                        ;;
                esac
                ;;
            --demo) demo=true ;;
            --load)
                [ -n "${2:-}" ] || die "--load needs a number of customers"
                load=true
                # 1 says that a journey failed
                failure=2
                loaded=("$2" ${loaded[@]+"${loaded[@]}"})
                shift
                ;;
            --rate | --minutes)
                [ -n "${2:-}" ] || die "$1 needs a number"
                loaded+=("$1" "$2")
                shift
                ;;
            --realm)
                [ -n "${2:-}" ] || die "--realm needs a URL"
                load_realm=$2
                shift
                ;;
            --remote) loaded+=("$1") ;;
            --doctor) doctor=true ;;
            --fcm-fake) fcm_fake=true ;;
            --metrics) metrics=true ;;
            --help | -h)
                usage
                exit 0
                ;;
            *) die "unknown option $1 (see ./run.sh --help)" ;;
        esac
        shift
    done
    if ! [[ $port =~ ^[1-9][0-9]{0,4}$ ]] || [ "$port" -gt 65535 ]; then
        die "--port must be a number from 1 to 65535, not '$port'"
    fi
    if [ -n "$seed" ] && ! [[ $seed =~ ^(0|[1-9][0-9]{0,5})$ ]]; then
        die "--seed must be a number from 0 to 999999, not '$seed'"
    fi
    if ! $load && [ -n "$load_realm${loaded[*]-}" ]; then
        die "--rate, --minutes, --realm and --remote come with --load"
    fi
    if [ -n "$load_realm" ] && $port_chosen; then
        die "--realm has the port in its URL: leave out --port"
    fi
    if $demo && { $journey || $load || $doctor; }; then
        die "--demo starts the server for people who watch: leave out --journey, --load and --doctor"
    fi
    if $load && { $journey || $doctor || $fresh || $fcm_fake || $metrics || [ -n "$data$seed" ]; }; then
        die "--load uses a server as it is, or empty data: leave out all but --rate, --minutes, --realm, --remote and --port"
    fi
    if $doctor && { $journey || $fresh || $fcm_fake || $metrics || [ -n "$data$seed" ]; }; then
        die "--doctor looks at a server that runs: leave out --journey, --data, --fresh, --seed, --fcm-fake and --metrics"
    fi
    if $journey && { $fresh || $fcm_fake || $metrics || [ -n "$data" ]; }; then
        die "--journey uses empty data of its own and no vendor: leave out --data, --fresh, --fcm-fake and --metrics"
    fi
}

# --- what this machine has ---

java_command() {
    if [ -n "${JAVA_HOME:-}" ]; then say "$JAVA_HOME/bin/$1"; else say "$1"; fi
}

require_java() {
    local java javac version
    java=$(java_command java)
    javac=$(java_command javac)
    if ! command -v "$java" >/dev/null || ! command -v "$javac" >/dev/null; then
        die "a JDK, version 17 to 25, is needed, and $javac is not there. Install one, or set JAVA_HOME."
    fi
    # version "17.0.15", version "21", version "1.8.0_402"
    version=$("$java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p') || true
    if ! [[ $version =~ ^[0-9]+$ ]] || [ "$version" -lt 17 ] || [ "$version" -gt 25 ]; then
        die "a JDK, version 17 to 25, is needed, but $java is version ${version:-unknown}. Install one, or set JAVA_HOME."
    fi
}

require_maven() {
    local version major minor
    command -v mvn >/dev/null || die "Maven 3.8 or newer is needed, and mvn is not on the PATH."
    # the line is coloured where Maven thinks that it writes to a terminal
    version=$(mvn -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9][0-9.]*\).*/\1/p') || true
    major=${version%%.*}
    minor=${version#*.}
    minor=${minor%%.*}
    if ! [[ $major =~ ^[0-9]+$ && $minor =~ ^[0-9]+$ ]] || [ $((major * 100 + minor)) -lt 308 ]; then
        die "Maven 3.8 or newer is needed, but mvn is version ${version:-unknown}."
    fi
}

# --- building, unpacking, deploying ---

first_in_pom() {
    sed -n "/<$1>/{s:.*<$1>\(.*\)</$1>.*:\1:p;q;}" "$ROOT/pom.xml"
}

jar_of() {
    say "$ROOT/$1/target/$1-$PROJECT_VERSION.jar"
}

# Runs a command that may take long: its output goes to a log, and a line now and then says that it still works.
patiently() {
    local what=$1 log=$2 seconds=0 status=0
    shift 2
    say "$what ..."
    "$@" </dev/null >"$log" 2>&1 &
    child_pid=$!
    while kill -0 "$child_pid" 2>/dev/null; do
        sleep 1
        seconds=$((seconds + 1))
        [ $((seconds % 10)) -ne 0 ] || say "  still at it after $seconds s"
    done
    wait "$child_pid" || status=$?
    child_pid=
    if [ $status -ne 0 ]; then
        end_of "$log" >&2
        die "$what failed. All of it is in $log"
    fi
}

# Directories count too: their time changes when a file in them is added or removed.
changed_since() {
    [ ! -e "$1" ] || [ -n "$(find "$ROOT/pom.xml" "$TEMPLATE" "${@:2}" -newer "$1" 2>/dev/null | head -n 1)" ]
}

# Maven leaves a jar alone whose content stays the same, so that the jar may stay older than a source:
# the time of the last build here counts as well.
outdated() {
    local module=$1 jar
    jar=$(jar_of "$module")
    [ ! -e "$jar" ] || {
        changed_since "$jar" "$ROOT/$module/pom.xml" "$ROOT/$module/src/main" &&
            changed_since "$RUN/built" "$ROOT/$module/pom.xml" "$ROOT/$module/src/main"
    }
}

build() {
    local module needed=false
    for module in "${MODULES[@]}" "${TOOLS[@]}"; do
        if outdated "$module"; then needed=true; fi
    done
    $needed || return 0
    require_maven
    touch "$RUN/building"
    patiently "Building the pack" "$RUN/build.log" \
        mvn -B -ntp -f "$ROOT/pom.xml" -pl "$(IFS=, && say "${MODULES[*]},${TOOLS[*]}")" package \
        -Dmaven.test.skip=true -Dspotless.check.skip=true
    mv "$RUN/building" "$RUN/built"
}

unpack() {
    local unpacking=$RUN/unpacking
    [ ! -d "$SERVER" ] || return 0
    require_maven
    rm -rf "$unpacking"
    # Moved into place when it is complete. Maven remembers what it unpacked, and would not do it again after
    # somebody removed it, unless it is told to overwrite.
    patiently "Unpacking Keycloak $KEYCLOAK_VERSION" "$RUN/unpack.log" \
        mvn -B -ntp -N -f "$ROOT/pom.xml" dependency:unpack \
        -Dartifact="org.keycloak:keycloak-quarkus-dist:$KEYCLOAK_VERSION:zip" \
        -DoutputDirectory="$unpacking" -Dmdep.overWriteReleases=true
    mv "$unpacking/keycloak-$KEYCLOAK_VERSION" "$SERVER"
    rm -rf "$unpacking"
}

# Only what differs is copied, and with its time: Keycloak prepares itself again, which takes long, for every jar
# whose time has changed.
deploy() {
    local module jar deployed
    for deployed in "$SERVER"/providers/*.jar; do
        is_of_pack "${deployed##*/}" || rm -f "$deployed"
    done
    for module in "${MODULES[@]}"; do
        jar=$(jar_of "$module")
        deployed=$SERVER/providers/${jar##*/}
        cmp -s "$jar" "$deployed" || cp -p "$jar" "$deployed"
    done
    mkdir -p "$SERVER/data/import"
    cp "$REALM_FILE" "$PARTNER_FILE" "$SERVER/data/import/"
}

is_of_pack() {
    local module
    for module in "${MODULES[@]}"; do
        [ "$1" != "$module-$PROJECT_VERSION.jar" ] || return 0
    done
    return 1
}

# --- the data ---

prepare_data() {
    case $data in
        *\;* | *\$*) die "--data: a database can't be kept in a directory with ; or \$ in its name" ;;
    esac
    [ ! -e "$data" ] || [ -d "$data" ] || die "--data: $data is not a directory"
    if [ -d "$data" ] && [ ! -e "$data/$DATA_MARK" ] && [ -n "$(ls -A "$data")" ]; then
        die "$data is neither empty nor a data directory that run.sh made. Nothing in it was touched. Choose another --data."
    fi
    mkdir -p "$data"
    data=$(cd "$data" && pwd)
    if $fresh; then
        # by name: whatever else somebody put there is not ours to delete
        rm -f "$data/$DATABASE.mv.db" "$data/$DATABASE.trace.db" "$data/$DATA_MARK"
    fi
    if [ ! -e "$data/$DATA_MARK" ]; then
        say "$port" >"$data/$DATA_MARK"
        return
    fi
    if [ "$(cat "$data/$DATA_MARK")" != "$port" ]; then
        say "Note: the realm in $data was imported for port $(cat "$data/$DATA_MARK"), where the notifications to"
        say "      orbit-pisp still go. --fresh imports it for port $port."
    fi
    local file
    for file in "$REALM_FILE" "$PARTNER_FILE"; do
        if [ "$file" -nt "$data/$DATA_MARK" ]; then
            say "Note: realm-config/${file##*/} has changed since it was imported into $data. --fresh imports it again."
        fi
    done
}

# --- the server ---

# The status of a call, or nothing where none comes within this time: http_status SECONDS "METHOD PATH" [HEADERS BODY]
http_status() (
    # the message of a refused connection is the shell's own
    exec 2>/dev/null
    exec 3<>"/dev/tcp/127.0.0.1/$port" || exit 0
    printf '%s HTTP/1.0\r\nHost: localhost:%s\r\n%s\r\n%s' "$2" "$port" "${3:-}" "${4:-}" >&3
    IFS=' ' read -r -t "$1" _ status _ <&3 || exit 0
    say "$status"
)

answers() {
    [ "$(http_status 10 "GET /realms/bank/.well-known/openid-configuration")" = 200 ]
}

port_taken() {
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# Whether the process is the server of this checkout: a process id alone may be somebody else's by now.
is_server() {
    local command
    # not every Linux has ps, and macOS has no /proc
    if [ -r "/proc/$1/cmdline" ]; then
        command=$(tr '\0' ' ' <"/proc/$1/cmdline")
    else
        command=$(ps -ww -p "$1" -o args= 2>/dev/null) || true
    fi
    [[ $command == *"$SERVER/bin/"* ]]
}

# Sets running_pid and running_port if the server of this checkout runs.
find_running() {
    [ -e "$SERVER_RECORD" ] || return 1
    read -r running_pid running_port <"$SERVER_RECORD" || return 1
    [[ $running_pid =~ ^[0-9]+$ && $running_port =~ ^[0-9]+$ ]] && is_server "$running_pid"
}

require_free_port() {
    ! port_taken "$port" || die "port $port is taken by another program. Stop it, or choose another port with --port N."
}

require_metrics() {
    ! port_taken $METRICS_PORT || die "port $METRICS_PORT, where metrics would be, is taken by another program. Stop it, or leave out --metrics."
    server_options+=(--metrics-enabled=true --http-management-port=$METRICS_PORT)
}

start() {
    local name log=$1
    # what the user has set for a Keycloak of their own is not meant for this one
    for name in $(compgen -v KC_); do unset "$name"; done
    export KC_HTTP_PORT=$port SANDBOX_PORT=$port PARTNER_PORT=$port # the realms' files read them as well
    export KC_BOOTSTRAP_ADMIN_USERNAME=admin KC_BOOTSTRAP_ADMIN_PASSWORD=admin
    # there is no SSSD to ask for users: Keycloak would wait ten seconds for its bus
    export DBUS_SYSTEM_BUS_ADDRESS=none:

    say "Starting Keycloak on port $port (log: $log) ..."
    # A process group of its own: Ctrl-C reaches this script alone, which then stops the server in good order.
    set -m
    "$SERVER/bin/kc.sh" start-dev --import-realm --http-host=127.0.0.1 \
        --db-url="jdbc:h2:file:$data/$DATABASE;$DATABASE_SETTINGS" \
        --spi-consent-device--jpa--platforms=fcm,log,sandbox,sns \
        "${server_options[@]}" </dev/null >"$log" 2>&1 &
    server_pid=$!
    set +m
    say "$server_pid $port" >"$SERVER_RECORD"
    await_start "$log"
}

await_start() {
    local log=$1 seconds=0
    until answers; do
        if ! kill -0 "$server_pid" 2>/dev/null; then
            end_of "$log" >&2
            die "the server did not start. All of its log is in $log"
        fi
        if [ $seconds -ge $START_TIMEOUT ]; then
            end_of "$log" >&2
            die "the server does not answer after $seconds s. All of its log is in $log"
        fi
        sleep 1
        seconds=$((seconds + 1))
        [ $((seconds % 10)) -ne 0 ] || say "  still starting after $seconds s (the first start takes longest)"
    done
}

# shellcheck disable=SC2317 # called when the script exits
stop_server() {
    local seconds=0
    [ -n "$server_pid" ] || return 0
    if kill -TERM "$server_pid" 2>/dev/null; then
        say "Stopping Keycloak ..."
        while kill -0 "$server_pid" 2>/dev/null && [ "$seconds" -lt "$STOP_TIMEOUT" ]; do
            sleep 1
            seconds=$((seconds + 1))
        done
    fi
    # whatever is left of its process group
    kill -KILL -- "-$server_pid" 2>/dev/null || true
    wait "$server_pid" 2>/dev/null || true
    server_pid=
    rm -f "$SERVER_RECORD"
}

# shellcheck disable=SC2317 # called when the script exits
clean_up() {
    # a second Ctrl-C must not leave the server behind
    trap '' INT TERM HUP
    local pid
    for pid in $child_pid $tail_pid $fake_pid; do kill "$pid" 2>/dev/null || true; done
    stop_server
}

# --- customers of a seed ---

make_customers() {
    local kind
    [ -n "$seed" ] || return 0
    for kind in "${KINDS[@]}"; do make_customers_of_kind "$kind"; done
    say "Customers of the seed: good-$seed-001 to good-$seed-0$OF_EACH_KIND, and ${KINDS[*]:1} likewise; each one's password is the user name."
}

# Has the sandbox make them for the TPP of the guides; whoever is there already is not made again.
make_customers_of_kind() {
    local form="seed=$seed&kind=$1&count=$OF_EACH_KIND" headers status
    printf -v headers 'Authorization: Basic %s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n' \
        "$(printf acme-aisp:acme-aisp-secret | base64)" ${#form}
    status=$(http_status 60 "POST /realms/bank/sandbox/customers" "$headers" "$form")
    [ "$status" = 200 ] ||
        die "the sandbox made no customers of the kind $1 (status ${status:-none}): see the log of the server"
}

# --- the fake vendor ---

# The plain Java programs take their JSON parser from the server.
class_path() {
    printf '%s' "$(jar_of "$1")"
    printf ':%s' "$SERVER"/lib/lib/main/com.fasterxml.jackson.core.*.jar
}

start_fcm_fake() {
    local log=$RUN/fcm-fake.log key=$RUN/fcm-key.json seconds=0 url=
    : >"$log"
    "$(java_command java)" -cp "$(class_path vendor-fakes)" io.assent.fake.fcm.FcmFake 0 "$key" \
        </dev/null >"$log" 2>&1 &
    fake_pid=$!
    until url=$(sed -n 's/^A fake of FCM listens at //p' "$log") && [ -n "$url" ]; do
        if ! kill -0 "$fake_pid" 2>/dev/null || [ "$seconds" -ge 30 ]; then
            die "the fake of FCM did not start: see $log"
        fi
        sleep 1
        seconds=$((seconds + 1))
    done
    server_options+=("--spi-push-sender--fcm--service-account=$key" "--spi-push-sender--fcm--endpoint=$url")
}

show_fcm_fake() {
    cat <<END

A fake of Firebase Cloud Messaging takes the pushes of the platform "fcm" and shows them here. Give alice such a phone,
then ask on the TPP page:

  TOKEN=\$(curl -s $1/realms/bank/protocol/openid-connect/token -d grant_type=password -d client_id=bank-app \\
      -d username=alice -d password=alice -d scope=openid | sed 's/.*"access_token":"\([^"]*\)".*/\1/')
  curl -X PUT $1/realms/bank/consent/v1/devices/5b6f1c1e-0a6e-4c58-9d0b-2b7a1f6f7a11 -H "Authorization: Bearer \$TOKEN" \\
      -H "Content-Type: application/json" -d '{"platform":"fcm","pushToken":"a-phone-of-alice"}'

END
    tail -n +2 -f "$RUN/fcm-fake.log" &
    tail_pid=$!
}

# --- the ways to use it ---

prepare_server() {
    require_free_port
    mkdir -p "$RUN"
    prepare_data
    build
    unpack
    deploy
}

# In a window of its own where there is Chromium, with a profile below target; else in whatever shows web pages here.
show_demo() {
    local browser
    for browser in chromium chromium-browser google-chrome xdg-open open; do
        command -v "$browser" >/dev/null || continue
        case $browser in
            xdg-open | open) "$browser" "$1" >/dev/null 2>&1 & ;;
            *) "$browser" --app="$1" --window-size=1440,1000 --user-data-dir="$RUN/demo-browser" --no-first-run >/dev/null 2>&1 & ;;
        esac
        return
    done
    say "No browser was found here: open $1"
}

serve() {
    local url=http://localhost:$port status=0
    if find_running; then
        die "the server of this checkout runs already: http://localhost:$running_port (process $running_pid)"
    fi
    data=${data:-$RUN/data}
    prepare_server
    ! $fcm_fake || start_fcm_fake
    ! $metrics || require_metrics
    start "$RUN/server.log"
    make_customers
    cat <<END

Keycloak $KEYCLOAK_VERSION with Assent is ready.

  Sandbox      $url/realms/bank/sandbox/   customers, scripts, phone and TPP side by side
  Phone page   $url/realms/bank/sandbox/phone
  TPP page     $url/realms/bank/sandbox/tpp
  Demo         $url/realms/bank/sandbox/demo   a story of five minutes that plays by itself
  Customers    alice (password alice), bob (password bob)
  Console      $url/admin/master/console/#/bank   log in as admin (password admin)
  Staff        $url/admin/master/console/consents/#/bank   the same login: requests, consents, phones, companies

  These accounts are for this server alone, which only this machine can reach.
  Data: $data
  Log:  $RUN/server.log

Ctrl-C stops it.
END
    ! $demo || show_demo "$url/realms/bank/sandbox/demo"
    ! $metrics || say "Metrics: http://localhost:$METRICS_PORT/metrics"
    ! $fcm_fake || show_fcm_fake "$url"
    wait "$server_pid" || status=$?
    end_of "$RUN/server.log" >&2
    server_pid=
    rm -f "$SERVER_RECORD"
    die "the server ended by itself (status $status)"
}

# What runs is used as it is, on its own port.
use_running() {
    if $port_chosen && [ "$port" != "$running_port" ]; then
        die "the server of this checkout runs on port $running_port: stop it first, or leave out --port"
    fi
    port=$running_port
    answers || die "the server of this checkout (process $running_pid) does not answer on port $port"
}

examine() {
    failure=2
    find_running || die "the server of this checkout does not run: start it with ./run.sh, and call the doctor beside it"
    use_running
    exec "$(java_command java)" -cp "$(class_path sandbox)" io.assent.sandbox.doctor.HouseCall "http://localhost:$port" bank
}

# One of the sandbox's programs, which plays on a server.
play() {
    local status=0 program
    if [ -n "$load_realm" ]; then
        mkdir -p "$RUN"
        build >&2
        unpack >&2
    elif find_running; then
        use_running
        say "Using the server that runs on http://localhost:$port"
    else
        data=$RUN/journey-data
        fresh=true
        prepare_server
        start "$RUN/journey-server.log"
    fi
    make_customers
    if $load; then
        program=(load.Load "${load_realm:-http://localhost:$port/realms/bank}" "${loaded[@]}")
    else
        program=(journey.Journey "http://localhost:$port" bank ${played[@]+"${played[@]}"})
    fi
    # in the background, since the shell would handle a signal only after a program in the foreground has ended
    "$(java_command java)" -cp "$(class_path sandbox)" "io.assent.sandbox.${program[0]}" "${program[@]:1}" &
    child_pid=$!
    wait "$child_pid" || status=$?
    child_pid=
    if [ $status -ne 0 ] && [ -n "$server_pid" ]; then
        say "Something failed. The server's log is $RUN/journey-server.log" >&2
    fi
    exit $status
}

verify_evidence() {
    mkdir -p "$RUN"
    build >&2
    # the versions of its libraries are in its manifest
    exec "$(java_command java)" -jar "$(jar_of evidence-verifier)" "$@"
}

verify=false
if [ "${1:-}" = --verify-evidence ]; then
    verify=true
    # 1 says that the evidence does not hold
    failure=2
    shift
else
    parse_options "$@"
fi
PROJECT_VERSION=$(first_in_pom version)
KEYCLOAK_VERSION=$(first_in_pom keycloak.version)
readonly PROJECT_VERSION KEYCLOAK_VERSION
readonly SERVER=$RUN/keycloak-$KEYCLOAK_VERSION
require_java
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP
if $verify; then verify_evidence "$@"; elif $journey || $load; then play; elif $doctor; then examine; else serve; fi
