package io.assent.text;

import io.assent.api.PublicApi;
import org.keycloak.provider.ProviderFactory;

/** Makes the {@link TextSource} of a session; holds what was read before. */
@PublicApi
public interface TextSourceFactory extends ProviderFactory<TextSource> {}
