package io.assent.report;

import java.util.Optional;
import java.util.regex.Pattern;

/** The interfaces of which calls are counted. What a browser shows or waits for is none of them. */
public enum PackInterface {

    /** Where a client asks a customer (CIBA Core 1.0, section 7). */
    BACKCHANNEL("backchannel", "protocol/openid-connect/ext/ciba/auth"),

    /** What the bank's app calls. */
    APP("app", "consent/v1/(requests|devices|consents|blocks|links|user-code|login-hint-tokens)(/.*)?"),

    /** Where clients fetch, refresh, look at and give up what they were granted; and push what they ask. */
    TPP(
            "tpp",
            "protocol/openid-connect/(token|token/introspect|revoke|userinfo|ext/par/request)|consent/v1/grants(/.*)?");

    private final String word;
    private final Pattern path;

    PackInterface(String word, String path) {
        this.word = word;
        this.path = Pattern.compile("/?realms/[^/]+/(?:" + path + ")/?", Pattern.DOTALL);
    }

    /** As reports and tables have it. */
    public String word() {
        return word;
    }

    public static PackInterface ofWord(String word) {
        for (PackInterface each : values()) {
            if (each.word.equals(word)) {
                return each;
            }
        }
        throw new IllegalArgumentException(word);
    }

    /** @param path below the server's root */
    public static Optional<PackInterface> ofPath(String path) {
        for (PackInterface each : values()) {
            if (each.path.matcher(path).matches()) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
