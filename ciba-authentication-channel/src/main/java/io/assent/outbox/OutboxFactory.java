package io.assent.outbox;

import org.keycloak.provider.ProviderFactory;

/** Makes the {@link Outbox} of a session; holds the threads that send. */
public interface OutboxFactory extends ProviderFactory<Outbox> {}
