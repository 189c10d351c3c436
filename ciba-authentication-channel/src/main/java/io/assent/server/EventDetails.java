package io.assent.server;

/** What the pack adds to Keycloak's own events. Ids alone, nothing personal. */
public final class EventDetails {

    /** Which of the pack's events it is, such as {@code asked} or {@code opened}. */
    public static final String EVENT = "consent_event";

    /** The id of the consent request, by which everything about it is found. */
    public static final String REQUEST_ID = "consent_request_id";

    /** The id of the consent, towards clients its {@code grant_id}. */
    public static final String CONSENT_ID = "consent_id";

    /** The id of what a customer lets the bank see at a partner. */
    public static final String PARTNER_ACCESS_ID = "partner_access_id";

    /** What a consent and an access to a partner have in common that belong together, see {@link Parties#pairId}. */
    public static final String PAIR_ID = "consent_pair_id";

    /** Who changed the consent: {@code customer}, {@code staff}, {@code tpp} or {@code system}. */
    public static final String BY = "consent_changed_by";

    /** How the request came: {@code ciba} or {@code redirect}. */
    public static final String JOURNEY = "consent_journey";

    /** The names of the permissions that were asked for. */
    public static final String PERMISSIONS = "consent_permissions";

    /** The names of the permissions that were granted. */
    public static final String GRANTED = "consent_granted_permissions";

    /** The {@code client_id} of the app by which the customer read or answered; absent on the server's own pages. */
    public static final String APP = "consent_app_client_id";

    /** The id of the device that it is about, or on which the customer answered. */
    public static final String DEVICE_ID = "consent_device_id";

    /** The platform that reaches the device. */
    public static final String PLATFORM = "consent_device_platform";

    /** The thumbprint of the key that the device got. */
    public static final String DEVICE_KEY = "consent_device_key";

    private EventDetails() {}
}
