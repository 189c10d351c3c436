package io.assent.request;

import io.assent.request.ConsentRequest.Journey;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.Provider;

/**
 * Keeps consent requests. The one place that changes them.
 *
 * <p>Every call belongs to the caller's transaction and is scoped: a request is found by the customer it was put to, or
 * by the client that asked, and an id of anybody else's is like one that never was.
 */
public interface ConsentRequestStore extends Provider {

    /** Stores a new, pending request. */
    void add(ConsentRequest request);

    /** The customer's own request, by the id that the app sees. */
    Optional<ConsentRequest> find(RealmModel realm, UserModel user, String id);

    /**
     * The customer's own requests, newest first.
     *
     * @param filter which of them
     * @param first how many to pass over, 0 or more
     * @param max how many to return at the most, 1 or more
     */
    List<ConsentRequest> list(RealmModel realm, UserModel user, Filter filter, int first, int max);

    /** The client's own request, by what its journey calls it. */
    Optional<ConsentRequest> find(RealmModel realm, ClientModel client, Journey journey);

    /**
     * Takes the customer's answer. Safe to repeat: the answer that was taken first stands, and giving it again is
     * answered as the first time. Of two different answers at once exactly one is taken.
     *
     * @param deviceId the registered device that answers, or {@code null}
     */
    DecisionResult decide(RealmModel realm, UserModel user, String id, Decision decision, String deviceId);

    /**
     * Marks an approved request as redeemed, if it is neither redeemed nor lapsed. The caller issues the tokens in the
     * same transaction; a rollback takes the mark back.
     *
     * @return whether this call, and no other on any node, is the one that may issue the tokens
     */
    boolean redeem(ConsentRequest request);

    /** Forgets all requests of a realm. */
    void removeAll(RealmModel realm);

    /** Forgets all requests that a client made. */
    void removeAll(RealmModel realm, ClientModel client);

    /** Forgets all requests to a customer. */
    void removeAll(RealmModel realm, UserModel user);

    /** Which of a customer's requests to list. */
    enum Filter {
        ALL,
        /** Waiting for an answer that can still be given. */
        PENDING,
        /** Granted, redeemed or not. */
        APPROVED,
        DENIED,
        /** Never answered in time. */
        EXPIRED
    }
}
