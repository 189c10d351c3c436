package io.assent.consent;

import org.keycloak.provider.ProviderFactory;

/** Makes the {@link ConsentStore} of a session. */
public interface ConsentStoreFactory extends ProviderFactory<ConsentStore> {}
