package io.assent.consent;

import io.assent.detail.DetailFlaw;
import io.assent.detail.DetailTypes;
import io.assent.detail.Details;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.KeycloakSession;

/** The client's wish for its earlier grants when it asks a customer: a new grant beside them, or a change of one. */
public sealed interface GrantWish {

    /** What is granted stands beside it. */
    record New() implements GrantWish {}

    /** What is granted changes one of its grants, which keeps its id and loses its tokens. */
    record Change(Action action, Consent consent) implements GrantWish {

        private static final String ATTRIBUTE = Change.class.getName();

        /**
         * Why authorization details can't be added to what the grant has.
         *
         * @param asked those that the client asks for
         */
        public Optional<Refused> refusal(Details asked, DetailTypes types) {
            if (action != Action.MERGE || asked.isEmpty()) {
                return Optional.empty();
            }
            if (types.describeRequest(asked)) {
                return Optional.of(Refused.forOnePurpose());
            }
            return types.merged(consent.details(), asked).areTooManyToAsk()
                    ? Optional.of(Refused.tooManyDetails())
                    : Optional.empty();
        }

        /** For the tokens that are about to be issued. */
        public void keepIn(KeycloakSession session) {
            session.setAttribute(ATTRIBUTE, this);
        }

        /** Takes it: it is good for one answer. */
        public static Optional<Change> takeFrom(KeycloakSession session) {
            Optional<Change> kept = Optional.ofNullable(session.getAttribute(ATTRIBUTE, Change.class));
            session.removeAttribute(ATTRIBUTE);
            return kept;
        }
    }

    /**
     * It can't have that.
     *
     * @param error the OAuth error (draft 03, section 5.4)
     * @param description for a developer; repeats nothing of the request
     */
    record Refused(String error, String description) implements GrantWish {

        public static Refused invalid(String description) {
            return new Refused(OAuthErrorException.INVALID_REQUEST, description);
        }

        public static Refused nothingAsked() {
            return invalid("The request asks for no permission, with which a grant could be changed");
        }

        public static Refused forOnePurpose() {
            return invalid("authorization_details are of a type for which nothing from before is added to");
        }

        static Refused tooManyDetails() {
            return new Refused(
                    DetailFlaw.ERROR,
                    "With these the grant would have more than %d authorization details, or more than %d bytes of them: replace it, or ask for a grant beside it"
                            .formatted(Details.MOST, Details.MAX_BYTES));
        }

        public static Refused oneTime() {
            return invalid("A permission that is good for one token is no part of a grant that stands");
        }

        /** Another's, one that ended, and one that never was are not told apart. */
        static Refused unknown() {
            return new Refused("invalid_grant_id", "The client has no such grant that could be changed");
        }
    }

    /** What came of a {@link Change}. */
    sealed interface Result {

        /** The consent, as it stands from now on. */
        record Changed(Consent consent) implements Result {}

        /** It stands no more, or would grant nothing; nothing changed. */
        record Ended() implements Result {}

        /** It would have more authorization details than a consent can have; nothing changed. */
        record TooManyDetails() implements Result {}
    }

    /** How a grant is changed. */
    enum Action {
        /** It grants what it did, and what is granted now. */
        MERGE,
        /** It grants what is granted now, and nothing else. */
        REPLACE;

        /** How the parameter spells it. */
        public String value() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Action> of(String value) {
            for (Action action : values()) {
                if (action.value().equals(value)) {
                    return Optional.of(action);
                }
            }
            return Optional.empty();
        }
    }

    /** The same where a browser is asked: what hangs on a session of its own can't be changed there. */
    default GrantWish inTheBrowser() {
        return this instanceof Change change && change.consent().session().own()
                ? Refused.invalid("The grant was given by a backchannel request, and is changed by one")
                : this;
    }

    /** @param standing finds what the client may change, by its id */
    static GrantWish of(GrantParameters sent, Function<String, Optional<Consent>> standing) {
        if (!sent.clear()) {
            return Refused.invalid("grant_management_action or grant_id is there twice, or not within what is signed");
        }
        if (sent.action().isEmpty()) {
            return sent.grantId().isEmpty()
                    ? new New()
                    : Refused.invalid("grant_id comes with a grant_management_action");
        }
        if (sent.action().get().equals("create")) {
            return sent.grantId().isEmpty()
                    ? new New()
                    : Refused.invalid("grant_management_action 'create' takes no grant_id");
        }
        Action action = Action.of(sent.action().get()).orElse(null);
        if (action == null) {
            return Refused.invalid("grant_management_action is one of create, merge, replace");
        }
        if (sent.grantId().isEmpty()) {
            return Refused.invalid("grant_management_action '" + action.value() + "' takes a grant_id");
        }
        return sent.knownGrantId()
                .flatMap(standing)
                .<GrantWish>map(consent -> new Change(action, consent))
                .orElseGet(Refused::unknown);
    }
}
