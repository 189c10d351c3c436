package io.assent.benchmark.load;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes the callback's bearer token where the channel under test has none to give, with the realm's own HMAC key. */
public final class CallbackToken {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final String ALGORITHM = "HmacSHA512";

    private final String header;
    private final SecretKeySpec key;
    private final String issuer;
    private final String clientId;

    /** @param secret the realm's HS512 key, in base64url */
    public CallbackToken(String keyId, String secret, String issuer, String clientId) {
        this.header = encode("{\"alg\":\"HS512\",\"typ\":\"JWT\",\"kid\":\"" + keyId + "\"}");
        this.key = new SecretKeySpec(Base64.getUrlDecoder().decode(secret), ALGORITHM);
        this.issuer = issuer;
        this.clientId = clientId;
    }

    public String of(Asked asked, Customer customer) {
        long now = Instant.now().getEpochSecond();
        String claims =
                ("{\"jti\":\"%s\",\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"%s\",\"typ\":\"Bearer\",\"azp\":\"%s\","
                                + "\"iat\":%d,\"exp\":%d}")
                        .formatted(asked.reference(), issuer, issuer, customer.id(), clientId, now, now + 60);
        String signed = header + "." + encode(claims);
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return signed + "." + BASE64.encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encode(String json) {
        return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
