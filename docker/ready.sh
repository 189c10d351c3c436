#!/bin/bash
# The image's health check: ends well when this server is ready for requests. The image has no curl.
exec 3<>"/dev/tcp/127.0.0.1/${KC_HTTP_MANAGEMENT_PORT:-9000}" || exit 1
printf 'GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
IFS=' ' read -r -t 5 _ status _ <&3 || exit 1
[ "$status" = 200 ]
