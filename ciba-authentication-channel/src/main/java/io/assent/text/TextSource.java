package io.assent.text;

import io.assent.api.PublicApi;
import java.util.Locale;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.Provider;

/** Where the words that customers read come from. */
@PublicApi
public interface TextSource extends Provider {

    /** A realm's texts in one language. */
    Texts texts(RealmModel realm, Locale locale);

    @Override
    default void close() {}
}
