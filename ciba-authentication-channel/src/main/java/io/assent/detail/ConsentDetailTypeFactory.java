package io.assent.detail;

import org.keycloak.provider.ProviderFactory;

/** Makes a {@link ConsentDetailType}. Its id is the {@code type} of RFC 9396, section 2; a URI may be one. */
public interface ConsentDetailTypeFactory extends ProviderFactory<ConsentDetailType> {}
