package io.assent.text;

import org.keycloak.provider.ProviderFactory;

/** Makes the {@link TextSource} of a session; holds what was read before. */
public interface TextSourceFactory extends ProviderFactory<TextSource> {}
