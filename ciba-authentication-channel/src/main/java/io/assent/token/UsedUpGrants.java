package io.assent.token;

import io.assent.consent.Consent;
import io.assent.consent.Consents;
import io.assent.consent.GrantParameters;
import java.util.Collection;
import java.util.List;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.representations.AccessToken;

/**
 * The one-time consents that an access token used up beside the consent that it is tied to. It ends with the latter;
 * the claims of both are its own.
 */
final class UsedUpGrants {

    /** The claim of an access token with their ids. */
    private static final String CLAIM = "one_time_" + GrantParameters.GRANT_ID + "s";

    static void writeTo(AccessToken token, List<Consent> usedUp) {
        if (!usedUp.isEmpty()) {
            token.setOtherClaims(CLAIM, usedUp.stream().map(Consent::id).toList());
        }
    }

    /** Those of a token of this realm, as far as they are kept. */
    static List<Consent> of(
            AccessToken token, Consents consents, RealmModel realm, ClientModel client, UserModel user) {
        return token.getOtherClaims().get(CLAIM) instanceof Collection<?> ids
                ? ids.stream()
                        .flatMap(id -> consents.find(realm.getId(), client.getId(), id.toString()).stream())
                        .filter(consent -> consent.isOneTime()
                                && consent.parties().userId().equals(user.getId()))
                        .toList()
                : List.of();
    }

    private UsedUpGrants() {}
}
