package io.assent.rules;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.clientpolicy.ClientPolicyException;

/**
 * What a bank decides about the consents that one client gets.
 *
 * @param validity how long a consent stands at the most
 * @param confirmation how often a customer confirms it, or empty where nobody has to
 */
public record ConsentRules(Duration validity, Optional<Confirmation> confirmation) {

    /** Delegated Regulation (EU) 2018/389 (RTS), article 10: access lasts 180 days at the most. */
    public static final ConsentRules DEFAULT = new ConsentRules(Duration.ofDays(180), Optional.empty());

    public ConsentRules {
        Objects.requireNonNull(validity);
        Objects.requireNonNull(confirmation);
    }

    /**
     * The rules for a client of the session's realm: the strictest of all that its client policies say, or
     * {@link #DEFAULT}.
     */
    public static ConsentRules of(KeycloakSession session, ClientModel client) {
        RulesQuestion question = new RulesQuestion(client);
        try {
            session.clientPolicy().triggerOnEvent(question);
        } catch (ClientPolicyException refused) {
            throw new IllegalStateException(
                    "A client policy refuses the client '%s': %s".formatted(client.getClientId(), refused.getError()),
                    refused);
        }
        return question.rules().reduce(ConsentRules::strictest).orElse(DEFAULT);
    }

    /** Of each rule the one that grants less. */
    ConsentRules strictest(ConsentRules other) {
        return new ConsentRules(
                shortest(validity, other.validity),
                Stream.of(confirmation, other.confirmation)
                        .flatMap(Optional::stream)
                        .reduce(Confirmation::strictest));
    }

    private static Duration shortest(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
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

        private static Confirmation strictest(Confirmation one, Confirmation other) {
            return one.every.compareTo(other.every) <= 0 ? one : other;
        }
    }
}
