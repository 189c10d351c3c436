#!/bin/bash
# What the image starts: Keycloak, unless a password is still the one of an example.
for name in KC_DB_PASSWORD KC_BOOTSTRAP_ADMIN_PASSWORD KC_BOOTSTRAP_ADMIN_CLIENT_SECRET; do
    case ${!name:-} in
        change-me* | changeme* | changeit)
            echo "$name is the password of an example, which anybody knows: set one of your own" >&2
            exit 1
            ;;
    esac
done
exec /opt/keycloak/bin/kc.sh "$@"
