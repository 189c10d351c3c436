package io.assent.request;

import org.keycloak.provider.ProviderFactory;

/** Makes the {@link ConsentRequestStore} of a session. */
public interface ConsentRequestStoreFactory extends ProviderFactory<ConsentRequestStore> {}
