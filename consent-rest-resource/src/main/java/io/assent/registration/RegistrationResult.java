package io.assent.registration;

/** What came of a registration. */
public sealed interface RegistrationResult {

    /**
     * The realm has the client now.
     *
     * @param id Keycloak's internal id
     * @param secret or {@code null} where it authenticates by a key
     */
    record Registered(String id, String secret) implements RegistrationResult {}

    /** The same was registered before, and still is so. Nothing was done. */
    record RegisteredBefore(String id) implements RegistrationResult {}

    /** The realm has a client of this {@code client_id} that is set otherwise. Nothing was done. */
    record OtherClient() implements RegistrationResult {}

    /**
     * It can't be registered like this. Nothing was done.
     *
     * @param reason what it was this time, for people
     */
    record Refused(RegistrationFlaw flaw, String reason) implements RegistrationResult {

        Refused(RegistrationFlaw flaw) {
            this(flaw, flaw.message());
        }
    }
}
