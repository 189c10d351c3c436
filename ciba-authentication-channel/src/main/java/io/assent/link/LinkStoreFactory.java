package io.assent.link;

import org.keycloak.provider.ProviderFactory;

/** Makes the {@link LinkStore} of a session. */
public interface LinkStoreFactory extends ProviderFactory<LinkStore> {

    /** What is opened on this node. */
    OpenRate openRate();
}
