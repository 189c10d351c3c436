package io.assent.ciba.request;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Finds customers by what a bank calls them: in the order of its list, the first attribute by which there is one. Where
 * there are several by an attribute it is nobody, since a question must not reach another customer.
 */
final class LoginHints {

    static final String PHONE_NUMBER = "phoneNumber";

    private final KeycloakSession session;
    private final RealmModel realm;

    LoginHints(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /**
     * @param attributes as the bank lists them; all that can be meant are looked up, so that it takes no longer where
     *     nobody is found
     */
    HintedCustomer find(String value, List<String> attributes) {
        return attributes.stream().map(attribute -> with(attribute, value)).toList().stream()
                .filter(found -> !found.isEmpty())
                .findFirst()
                .map(LoginHints::only)
                .orElseGet(HintedCustomer.Unknown::new);
    }

    HintedCustomer byId(String userId) {
        return only(
                Stream.ofNullable(session.users().getUserById(realm, userId)).toList());
    }

    private static HintedCustomer only(List<UserModel> found) {
        return found.size() == 1 ? new HintedCustomer.Known(found.get(0)) : new HintedCustomer.Unknown();
    }

    private List<UserModel> with(String attribute, String value) {
        return switch (attribute) {
            case UserModel.USERNAME ->
                Optional.ofNullable(session.users().getUserByUsername(realm, value)).stream()
                        .toList();
            // by a search, since more than one may have it; what is no address is searched for in vain
            case UserModel.EMAIL ->
                value.contains("@")
                        ? session.users()
                                .searchForUserStream(
                                        realm, Map.of(UserModel.EMAIL, value, UserModel.EXACT, "true"), 0, 2)
                                .toList()
                        : List.of();
            default ->
                session.users()
                        .searchForUserByUserAttributeStream(realm, attribute, value)
                        .limit(2)
                        .toList();
        };
    }
}
