package io.assent.partner;

import org.keycloak.provider.ProviderFactory;

/** Makes the {@link PartnerStore} of a session. */
public interface PartnerStoreFactory extends ProviderFactory<PartnerStore> {}
