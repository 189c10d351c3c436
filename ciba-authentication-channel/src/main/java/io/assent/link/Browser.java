package io.assent.link;

import io.assent.server.Base64Url;
import io.assent.server.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A browser, by the value of its cookie {@value #COOKIE}, which no script sees: 128 random bits. The secrets of its
 * links are derived from it, so that each of its pages can be given the same ones, and the database has none of them.
 */
public final class Browser {

    /** The name of the cookie, by TLS with a prefix: for the session of the browser, HttpOnly, {@code SameSite=Lax}. */
    public static final String COOKIE = "ASSENT_BROWSER";

    static final int SECRET_BYTES = 16;

    /** As a secret is written: so many bits in base64url without padding. */
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{22}");

    private final String value;

    private Browser(String value) {
        this.value = value;
    }

    /** One that comes for the first time. */
    public static Browser unknown() {
        return new Browser(Base64Url.random(SECRET_BYTES));
    }

    /** @param cookie as sent, or {@code null}; empty where it is none of ours */
    public static Optional<Browser> of(String cookie) {
        return Optional.ofNullable(cookie).filter(SECRET.asMatchPredicate()).map(Browser::new);
    }

    /** The same browser as one realm alone knows it. */
    public Browser in(String realmId) {
        return new Browser(derive("realm " + realmId));
    }

    /** Whether a text can be one of the secrets that are told from here. */
    static boolean isSecret(String text) {
        return text != null && SECRET.matcher(text).matches();
    }

    /** What is sent to the browser to be kept. */
    public String cookie() {
        return value;
    }

    /** What is kept of it. */
    String hash() {
        return Sha256.base64Url(value);
    }

    /** In a time that says nothing. */
    boolean hasHash(String hash) {
        return isSame(hash(), hash);
    }

    /** @param salt of the link, another one each time that the secret is renewed */
    String secret(String linkId, String salt) {
        return derive("link " + linkId + ' ' + salt);
    }

    String watch(String linkId) {
        return derive("watch " + linkId);
    }

    private String derive(String what) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(value.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            return Base64Url.encode(Arrays.copyOf(mac.doFinal(what.getBytes(StandardCharsets.UTF_8)), SECRET_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    /** Whether two texts are the same, in a time that does not say where they differ. */
    static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    /** Says nothing, so that no log has it. */
    @Override
    public String toString() {
        return "Browser";
    }
}
