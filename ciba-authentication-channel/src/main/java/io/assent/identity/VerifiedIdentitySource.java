package io.assent.identity;

import io.assent.api.PublicApi;
import java.util.List;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.Provider;

/**
 * Knows what the bank verified about its customers. A bank writes its own, or uses {@code attributes} or {@code http};
 * which one, the server's option {@code --spi-verified-identity-source--provider} says.
 *
 * <p>Called while a customer reads a request, and whenever a token or an answer tells verified claims, in the server's
 * thread: it answers within seconds or not at all. It logs nothing about the customer.
 */
@PublicApi
public interface VerifiedIdentitySource extends Provider {

    /**
     * As it stands now: what is not there any more is told no more.
     *
     * @return one for each trust framework; none where nothing was verified
     * @throws UnavailableIdentityException where it can't be known now: nothing is told, and the operator hears of it
     */
    List<VerifiedIdentity> identities(RealmModel realm, UserModel customer) throws UnavailableIdentityException;

    @Override
    default void close() {}
}
