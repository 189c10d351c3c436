package io.assent.ciba.request;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Locale;
import java.util.UUID;
import javax.crypto.Mac;
import org.keycloak.crypto.KeyUse;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.SubjectCredentialManager;
import org.keycloak.storage.adapter.AbstractInMemoryUserAdapter;

/**
 * Stands for a customer whom the bank does not know, so that the client sees what it would see with any other: a
 * request that nobody answers. Is stored nowhere.
 *
 * <p>The same hint makes the same id, so that whatever is counted for each customer is counted for this one too. It is
 * made with a key of the realm, and says nothing about the hint.
 */
final class UnknownCustomer extends AbstractInMemoryUserAdapter {

    private static final String HMAC = "HmacSHA256";

    UnknownCustomer(KeycloakSession session, RealmModel realm, Hint hint) {
        super(session, realm, id(session, realm, hint).toString());
        setEnabled(true);
    }

    private static UUID id(KeycloakSession session, RealmModel realm, Hint hint) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(session.keys()
                    .getActiveKey(realm, KeyUse.SIG, Constants.INTERNAL_SIGNATURE_ALGORITHM)
                    .getSecretKey());
            // names and addresses are found in any case
            String text = UnknownCustomer.class.getName() + ' ' + hint.value().toLowerCase(Locale.ROOT);
            ByteBuffer bytes = ByteBuffer.wrap(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
            // with the marks of a random one, as the server makes them
            return new UUID(
                    bytes.getLong() & 0xffff_ffff_ffff_0fffL | 0x4000L,
                    bytes.getLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + HMAC, e);
        }
    }

    @Override
    public SubjectCredentialManager credentialManager() {
        throw new UnsupportedOperationException("nobody logs in");
    }
}
