package io.assent.rules;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.clientpolicy.ClientPolicyException;

/**
 * What a bank decides about one client: how it may ask, who may answer, and how long what was granted stands.
 *
 * @param validity how long a consent stands at the most
 * @param confirmation how often a customer confirms it, or empty where nobody has to
 * @param signature what a yes has to be signed with; empty where that hangs on what is asked
 * @param enrolling who gives a device a key, where the client is the bank's own app
 * @param repeatRedemption for how long after a redemption the client can have its tokens anew; zero where it can't
 * @param codeBack whether digits go from the app into the browser, where a login is approved in the app
 */
public record ConsentRules(
        Duration validity,
        Optional<Confirmation> confirmation,
        Asking asking,
        Deciding deciding,
        Optional<SignatureDemand> signature,
        Enrolling enrolling,
        Duration repeatRedemption,
        CodeBack codeBack) {

    /** What counts where no client policy says otherwise. */
    public static final ConsentRules DEFAULT = from(List.of());

    public ConsentRules {
        Objects.requireNonNull(validity);
        Objects.requireNonNull(confirmation);
        Objects.requireNonNull(asking);
        Objects.requireNonNull(deciding);
        Objects.requireNonNull(signature);
        Objects.requireNonNull(enrolling);
        Objects.requireNonNull(repeatRedemption);
        Objects.requireNonNull(codeBack);
    }

    /**
     * The rules for a client of the session's realm: of each rule the strictest that its client policies set, or the
     * {@link #DEFAULT}.
     */
    public static ConsentRules of(KeycloakSession session, ClientModel client) {
        // one question asks for them in several rooms, and the policies are the same to all of them
        String known = ConsentRules.class.getName() + ' ' + client.getId();
        ConsentRules rules = session.getAttribute(known, ConsentRules.class);
        if (rules == null) {
            rules = ask(session, client);
            session.setAttribute(known, rules);
        }
        return rules;
    }

    /** The same by the client's internal id; the {@link #DEFAULT} where it is gone. */
    public static ConsentRules of(KeycloakSession session, String clientId) {
        ClientModel client =
                session.clients().getClientById(session.getContext().getRealm(), clientId);
        return client == null ? DEFAULT : of(session, client);
    }

    private static ConsentRules ask(KeycloakSession session, ClientModel client) {
        RulesQuestion question = new RulesQuestion(client);
        try {
            session.clientPolicy().triggerOnEvent(question);
        } catch (ClientPolicyException refused) {
            throw new IllegalStateException(
                    "A client policy refuses the client '%s': %s".formatted(client.getClientId(), refused.getError()),
                    refused);
        }
        return from(question.answers());
    }

    static ConsentRules from(List<RulesConfiguration> set) {
        Duration notice = RuleBook.CONFIRM_NOTICE.of(set);
        return new ConsentRules(
                RuleBook.VALIDITY.of(set),
                RuleBook.CONFIRM_EVERY.of(set).map(every -> new Confirmation(every, notice)),
                new Asking(
                        RuleBook.PENDING_FOR_CUSTOMER.of(set),
                        RuleBook.PENDING_OF_CUSTOMER.of(set),
                        RuleBook.PAUSE_AFTER.of(set),
                        RuleBook.FIRST_PAUSE.of(set),
                        RuleBook.LONGEST_PAUSE.of(set),
                        RuleBook.PER_MINUTE.of(set),
                        RuleBook.BINDING_MESSAGE.of(set),
                        RuleBook.USER_CODE.of(set),
                        RuleBook.LONGEST_EXPIRY.of(set)),
                new Deciding(RuleBook.LOWEST_ACR.of(set), RuleBook.OLDEST_LOGIN.of(set), RuleBook.SIGNING_KEY.of(set)),
                RuleBook.SIGNATURE.of(set),
                new Enrolling(RuleBook.ENROLMENT_ACR.of(set), RuleBook.ENROLMENT_LOGIN.of(set)),
                RuleBook.REPEAT_REDEMPTION.of(set),
                RuleBook.CODE_BACK.of(set));
    }

    /** The same with another term: how long a consent stands, and how often it is confirmed. */
    public ConsentRules withTerm(Duration validity, Optional<Confirmation> confirmation) {
        return new ConsentRules(
                validity, confirmation, asking, deciding, signature, enrolling, repeatRedemption, codeBack);
    }

    /** The same with other limits for who asks. */
    public ConsentRules withAsking(Asking asking) {
        return new ConsentRules(
                validity, confirmation, asking, deciding, signature, enrolling, repeatRedemption, codeBack);
    }

    /**
     * What a yes has to be signed with.
     *
     * @param oneTime whether it is to an authorization detail, or a permission, that is good for one act, such as a
     *     payment: where no policy says otherwise, the customer signs that
     */
    public SignatureDemand signature(boolean oneTime) {
        return signature.orElse(oneTime ? SignatureDemand.KEY_AND_USER_VERIFICATION : SignatureDemand.NONE);
    }

    /** The same with other demands on who answers. */
    public ConsentRules withDeciding(Deciding deciding) {
        return new ConsentRules(
                validity, confirmation, asking, deciding, signature, enrolling, repeatRedemption, codeBack);
    }

    /**
     * That a consent is to be confirmed again and again, or is worth nothing until it is.
     *
     * @param every how long a confirmation holds
     * @param notice how long before its end the customer is asked for the next one; shorter than {@code every}
     */
    public record Confirmation(Duration every, Duration notice) {

        public Confirmation {
            if (notice.compareTo(every) >= 0) {
                notice = every.dividedBy(2);
            }
        }
    }

    /**
     * How a client may ask. All numbers are 1 or more.
     *
     * @param pendingForCustomer how many pending requests the client has with one customer at the most
     * @param pendingOfCustomer how many pending requests a customer has with all clients at the most, when this one
     *     asks
     * @param pauseAfter after how many denials or expiries in a row by one customer the client has to wait
     * @param firstPause how long it waits then; each further one doubles it
     * @param longestPause how long it waits at the most
     * @param perMinute how many requests the client makes in a minute, for all customers together
     * @param bindingMessage for which requests it has to send one
     * @param userCode for which customers it has to send one
     * @param longestExpiry the longest {@code requested_expiry} that is honoured
     */
    public record Asking(
            int pendingForCustomer,
            int pendingOfCustomer,
            int pauseAfter,
            Duration firstPause,
            Duration longestPause,
            int perMinute,
            BindingMessage bindingMessage,
            UserCode userCode,
            Duration longestExpiry) {}

    /** For which requests a {@code binding_message} is required (CIBA Core 1.0, section 7.1). */
    public enum BindingMessage {
        NEVER,
        /** For what asks for a one-time permission. */
        ONE_TIME,
        ALWAYS
    }

    /** Of which customers a {@code user_code} is required (CIBA Core 1.0, section 7.1). */
    public enum UserCode {
        NEVER,
        /** Of those who set one. */
        IF_SET,
        /** Of all: who set none can't be asked. */
        ALWAYS
    }

    /**
     * What is demanded of who answers.
     *
     * @param acrs values of {@code acr}, each of which the login has to reach; empty where any will do
     * @param oldestLogin how long ago it was at the most, or empty where any will do
     * @param signingKey which key can sign an answer that has to be signed
     */
    public record Deciding(Set<String> acrs, Optional<Duration> oldestLogin, SigningKey signingKey) {}

    /** Which key of a device's can sign. */
    public enum SigningKey {
        ANY,
        /** One that was attested to be kept in hardware, and to need the customer where an answer needs that. */
        ATTESTED
    }

    /**
     * What is demanded of the login that gives a key to a device that has none; a rule for the app's own client.
     *
     * @param acrs values of {@code acr}, each of which the login has to reach; empty where any will do
     * @param oldestLogin how long ago it was at the most
     */
    public record Enrolling(Set<String> acrs, Duration oldestLogin) {}
}
