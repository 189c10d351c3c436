package io.assent.sandbox.stream;

import java.util.Objects;

/**
 * Names a stream. Whoever knows the token may listen, so it is a secret.
 *
 * @param topic what is streamed; tokens of one topic open no stream of another
 * @param realm the realm's name
 * @param token the secret that the listener and the sender share
 */
public record StreamKey(Topic topic, String realm, String token) {
    public StreamKey {
        Objects.requireNonNull(topic);
        Objects.requireNonNull(realm);
        Objects.requireNonNull(token);
    }

    /** Without the token: a key may turn up in a log. */
    @Override
    public String toString() {
        return "StreamKey[topic=" + topic + ", realm=" + realm + "]";
    }

    /** What is streamed. */
    public enum Topic {
        /** Pushes to a phone page; the token is the device's push token. */
        PUSHES,
        /** Pings to a TPP page; the token is the client notification token. */
        NOTIFICATIONS
    }
}
