package io.assent.partner.provider;

import io.assent.partner.PartnerAccess;
import io.assent.permission.Scopes;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * What a customer wants of a partner, as a login keeps it while its browser is at the partner.
 *
 * @param accessId the id of the partner access that is wanted
 * @param providerId the identity provider that the partner is
 * @param alias of the identity provider that the partner is
 * @param scopes what the partner is asked for
 */
public record LoginWish(String accessId, String providerId, String alias, Set<String> scopes) {

    private static final String ACCESS = "assent.partner.access";
    private static final String PROVIDER = "assent.partner.provider";
    private static final String ALIAS = "assent.partner.alias";
    private static final String SCOPES = "assent.partner.scopes";

    public static Optional<LoginWish> of(AuthenticationSessionModel login) {
        return Optional.ofNullable(login.getAuthNote(ACCESS))
                .map(id -> new LoginWish(
                        id,
                        Objects.requireNonNullElse(login.getAuthNote(PROVIDER), ""),
                        login.getAuthNote(ALIAS),
                        Set.copyOf(Scopes.split(login.getAuthNote(SCOPES)))));
    }

    public static LoginWish of(PartnerAccess access) {
        return new LoginWish(access.id(), access.providerId(), access.alias(), access.asked());
    }

    public void keepIn(AuthenticationSessionModel login) {
        login.setAuthNote(ACCESS, accessId);
        login.setAuthNote(PROVIDER, providerId);
        login.setAuthNote(ALIAS, alias);
        login.setAuthNote(SCOPES, Scopes.join(scopes));
    }

    public static void forget(AuthenticationSessionModel login) {
        login.removeAuthNote(ACCESS);
        login.removeAuthNote(PROVIDER);
        login.removeAuthNote(ALIAS);
        login.removeAuthNote(SCOPES);
    }
}
