package io.assent.report;

import org.keycloak.provider.ProviderFactory;

/** Makes the {@link Reports} of a session. */
public interface ReportsFactory extends ProviderFactory<Reports> {}
