package io.assent.request;

import io.assent.limit.Refusal;
import io.assent.request.ConsentRequest.Journey;
import io.assent.server.AssentEvent;
import io.assent.server.Customer;
import io.assent.server.Parties;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** What happens to a consent request. Told by {@link ConsentRequests}, within the transaction in which it happens. */
public sealed interface ConsentRequestEvent extends AssentEvent {

    /**
     * A client asked a customer; the request is pending.
     *
     * @param before when the customer was asked the newest of the other questions that wait in the app; empty where
     *     none does
     */
    record Asked(ConsentRequest request, Optional<Instant> before) implements ConsentRequestEvent {
        public Asked {
            Objects.requireNonNull(request);
            Objects.requireNonNull(before);
        }
    }

    /** A question was refused; nothing is stored, and the transaction is usually rolled back. */
    record AskRefused(Parties parties, Journey journey, Refusal reason) implements ConsentRequestEvent {
        public AskRefused {
            Objects.requireNonNull(parties);
            Objects.requireNonNull(journey);
            Objects.requireNonNull(reason);
        }
    }

    /** The customer denied the request, now or before, and says that it was none of theirs. Told once for each. */
    record Reported(ConsentRequest request, Responder reporter) implements ConsentRequestEvent {}

    /** The customer's app read the pending request for the first time. */
    record Opened(ConsentRequest request, Responder reader) implements ConsentRequestEvent {}

    /** The customer answered. Told once for each request. */
    record Decided(ConsentRequest request, Responder decider) implements ConsentRequestEvent {}

    /** The customer approved what the bank itself asked: told after {@link Decided}, so that it can take effect. */
    record AmendmentApproved(ConsentRequest request) implements ConsentRequestEvent {}

    /**
     * An answer was refused; nothing changed, and the transaction is usually rolled back.
     *
     * @param customer who wanted to answer
     * @param requestId the request as the caller named it: it may be nobody's, or another customer's
     * @param clientId the internal id of the client that asked, or {@code null} where the customer has no such request
     */
    record DecisionRefused(Customer customer, String requestId, String clientId, Responder decider, Reason reason)
            implements ConsentRequestEvent {
        public DecisionRefused {
            Objects.requireNonNull(customer);
            Objects.requireNonNull(requestId);
            Objects.requireNonNull(decider);
            Objects.requireNonNull(reason);
        }
    }

    /** The client fetches its tokens: they are issued with this transaction, or not at all. */
    record Redeemed(ConsentRequest request) implements ConsentRequestEvent {}

    /** The client, whose answer was lost, fetches its tokens again: those that it was to have end with this. */
    record RedeemedAgain(ConsentRequest request) implements ConsentRequestEvent {}

    /** The customer granted something and took it back before the client fetched its tokens. */
    record Withdrawn(ConsentRequest request) implements ConsentRequestEvent {}

    /** Nobody answered in time. Told by housekeeping, some seconds later. */
    record Expired(ConsentRequest request) implements ConsentRequestEvent {}

    /** Why an answer is refused. */
    enum Reason {
        /** The customer has no such request. */
        FOREIGN,
        /** The client that asked wanted to answer. */
        OWN_CLIENT,
        /** An admin wanted to answer in the customer's place. */
        IMPERSONATED,
        /** The session outlives the customer's login, or there is none. */
        OFFLINE,
        /** The customer is locked out after wrong passwords. */
        LOCKED_OUT,
        /** The customer is disabled. */
        CUSTOMER_DISABLED,
        /** The client that asks, or that answers, is disabled. */
        CLIENT_DISABLED,
        /** The login is too weak or too old. */
        WEAK_LOGIN,
        /** The request has expired. */
        LATE,
        /** Another answer was given before. */
        CONTRADICTING,
        /** The selection can't be granted. */
        INVALID_SELECTION,
        ACCOUNTS_UNAVAILABLE,
        /** An approval that has to be signed was not. */
        UNSIGNED,
        INVALID_SIGNATURE,
        /** The signed content is not the content that is shown now. */
        CONTENT_CHANGED,
        /** An approval came without the number that the page shows. */
        NUMBER_REQUIRED,
        WRONG_NUMBER,
        /** The customer sent more answers than the server takes in a minute. Told once for each minute. */
        OVER_THE_LIMIT
    }
}
