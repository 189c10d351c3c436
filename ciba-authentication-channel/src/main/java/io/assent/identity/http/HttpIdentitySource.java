package io.assent.identity.http;

import io.assent.identity.UnavailableIdentityException;
import io.assent.identity.VerifiedIdentity;
import io.assent.identity.VerifiedIdentitySource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** What the endpoint says, asked for once in each call to the server: one question tells of several permissions. */
final class HttpIdentitySource implements VerifiedIdentitySource {

    private final IdentityEndpoint endpoint;
    private final Map<String, Told> told = new HashMap<>();

    HttpIdentitySource(IdentityEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public List<VerifiedIdentity> identities(RealmModel realm, UserModel customer) throws UnavailableIdentityException {
        Told answer = told.computeIfAbsent(realm.getId() + ' ' + customer.getId(), id -> ask(realm, customer));
        if (answer.failure() != null) {
            throw answer.failure();
        }
        return answer.identities();
    }

    private Told ask(RealmModel realm, UserModel customer) {
        try {
            return new Told(endpoint.ask(realm.getName(), endpoint.customer().of(customer)), null);
        } catch (UnavailableIdentityException failed) {
            return new Told(List.of(), failed);
        }
    }

    /** @param failure or {@code null} */
    private record Told(List<VerifiedIdentity> identities, UnavailableIdentityException failure) {}
}
