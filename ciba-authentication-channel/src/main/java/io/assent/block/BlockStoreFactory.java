package io.assent.block;

import org.keycloak.provider.ProviderFactory;

/** Makes the {@link BlockStore} of a session. */
public interface BlockStoreFactory extends ProviderFactory<BlockStore> {}
