package io.assent.partner.provider;

import io.assent.partner.PartnerSettings;
import org.keycloak.broker.oidc.OIDCIdentityProviderConfig;
import org.keycloak.common.util.UriUtils;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.RealmModel;

/** The settings of a partner. What the stock ones are checked for when an admin writes them, ours are as well. */
final class PartnerConfig extends OIDCIdentityProviderConfig {

    private static final long serialVersionUID = 1L;

    PartnerConfig() {}

    PartnerConfig(IdentityProviderModel model) {
        super(model);
    }

    @Override
    public void validate(RealmModel realm) {
        super.validate(realm);
        String url = revocationUrl();
        if (url != null && !url.isBlank()) {
            UriUtils.checkUrl(realm.getSslRequired(), url, PartnerSettings.REVOCATION_URL);
        }
    }

    /** Where tokens are revoked (RFC 7009); may be {@code null}, or none that can be called. */
    String revocationUrl() {
        return getConfig().get(PartnerSettings.REVOCATION_URL);
    }
}
