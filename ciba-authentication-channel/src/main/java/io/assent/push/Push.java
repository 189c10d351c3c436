package io.assent.push;

import io.assent.api.PublicApi;
import java.time.Instant;
import java.util.Optional;

/**
 * What a push tells a phone: that there is something to look at, and nothing about it. The app fetches the rest with
 * the customer's own token, so that neither the vendor nor a locked screen learns who asks for what.
 *
 * @param type what happened
 * @param id what to fetch; also the collapse key, so that a repeat replaces the notification
 * @param realm the name of the realm, as in the API's path
 * @param expiresAt when there is no use in delivering it any more
 * @param title generic, in the device's language
 * @param body generic, in the device's language
 * @param nonce what the app returns to prove that it got the push; empty where nothing is to be proved
 */
@PublicApi
public record Push(
        Type type, String id, String realm, Instant expiresAt, String title, String body, Optional<String> nonce) {

    /** One that proves nothing. */
    public Push(Type type, String id, String realm, Instant expiresAt, String title, String body) {
        this(type, id, realm, expiresAt, title, body, Optional.empty());
    }

    /** Without the nonce: a push may turn up in a log. */
    @Override
    public String toString() {
        return "Push[type=" + type + ", id=" + id + ", realm=" + realm + "]";
    }

    /** What a push can be about. */
    public enum Type {
        /** A new consent request waits for an answer. */
        CONSENT_REQUESTED("consent-requested", "requestId"),
        /** A consent is to be confirmed. */
        CONFIRMATION_DUE("confirmation-due", "consentId"),
        /** The device is to prove that it gets what is sent to its push token: {@link Push#nonce} is to be returned. */
        DEVICE_PROOF("device-proof", "deviceId"),
        /** Something happened to another device of the customer's. The id is that of the device that is told. */
        DEVICES_CHANGED("devices-changed", "deviceId"),
        /** The device that is told is none of the customer's any more. */
        DEVICE_REMOVED("device-removed", "deviceId");

        private final String value;
        private final String idField;

        Type(String value, String idField) {
            this.value = value;
            this.idField = idField;
        }

        /** How a payload spells it. */
        public String value() {
            return value;
        }

        /** The name of the payload's field for {@link Push#id}. */
        public String idField() {
            return idField;
        }
    }
}
