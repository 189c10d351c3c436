package io.assent.passkey;

import java.util.List;
import org.keycloak.common.Profile;
import org.keycloak.common.Profile.Feature;
import org.keycloak.models.RealmModel;
import org.keycloak.models.WebAuthnPolicy;
import org.keycloak.models.credential.WebAuthnCredentialModel;

/** What Keycloak keeps passkeys as. An earlier one is asked for where a customer has both. */
enum PasskeyKind {
    /** In place of a password. */
    PASSWORDLESS(WebAuthnCredentialModel.TYPE_PASSWORDLESS) {
        @Override
        WebAuthnPolicy policy(RealmModel realm) {
            return realm.getWebAuthnPolicyPasswordless();
        }
    },
    /** Beside a password. */
    TWO_FACTOR(WebAuthnCredentialModel.TYPE_TWOFACTOR) {
        @Override
        WebAuthnPolicy policy(RealmModel realm) {
            return realm.getWebAuthnPolicy();
        }
    };

    private final String type;

    PasskeyKind(String type) {
        this.type = type;
    }

    /** Those that this server has. */
    static List<PasskeyKind> offered() {
        return Profile.isFeatureEnabled(Feature.WEB_AUTHN) ? List.of(values()) : List.of();
    }

    /** The type of the credential. */
    String type() {
        return type;
    }

    abstract WebAuthnPolicy policy(RealmModel realm);
}
