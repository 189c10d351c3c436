package io.assent.rest;

import io.assent.signature.DecisionSignature;
import java.util.regex.Pattern;

/**
 * What a text in a request's body or query may be. The same limits stand in {@code openapi.json}.
 *
 * @param maxLength in characters (Unicode code points), as in JSON Schema
 * @param pattern what the whole text must match
 */
public record TextRule(int maxLength, Pattern pattern) {

    private static final String NOT_PRINTED = "\\x00-\\x1F\\x7F-\\x9F\\uD800-\\uDFFF";

    /** A choice of words, such as {@code (approve|deny)}. */
    private static final Pattern WORDS = Pattern.compile("\\([a-z-]+(\\|[a-z-]+)+\\)");

    public static final TextRule PLATFORM = new TextRule(20, "[a-z0-9-]+");
    public static final TextRule PUSH_TOKEN = new TextRule(4096, "[\\x21-\\x7E]+");
    /** Of a key on P-256, as a JWK has it. */
    public static final TextRule KEY_TYPE = new TextRule(2, "EC");

    public static final TextRule CURVE = new TextRule(5, "P-256");
    public static final TextRule COORDINATE = new TextRule(43, "[A-Za-z0-9_-]{43}");
    /** The id of a provider. */
    public static final TextRule FORMAT = new TextRule(20, "[a-z0-9-]+");

    /** DER in base64 (RFC 4648, section 4), as a JWK's {@code x5c} has it. */
    public static final TextRule CERTIFICATE =
            new TextRule(8192, "([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?");

    public static final TextRule NONCE = new TextRule(22, "[A-Za-z0-9_-]{22}");
    public static final TextRule LABEL = new TextRule(100, "[^" + NOT_PRINTED + "]+");

    /** What a customer can type on any keyboard, and a third party's form takes. */
    public static final TextRule USER_CODE = new TextRule(64, "[\\x21-\\x7E]{4,64}");

    public static final TextRule REASON = new TextRule(250, " *[^ " + NOT_PRINTED + "][^" + NOT_PRINTED + "]*");
    public static final TextRule CLIENT_ID = new TextRule(255, "[^" + NOT_PRINTED + "]+");

    /** As RFC 6749, appendix A.1, has it, and without a space. */
    public static final TextRule NEW_CLIENT_ID = new TextRule(255, "[\\x21-\\x7E]+");

    /** What an address has to be is the rule of whom it is for. */
    public static final TextRule ADDRESS = new TextRule(255, "[\\x21-\\x7E]+");

    public static final TextRule CIBA = new TextRule(4, "(poll|ping)");
    public static final TextRule AUTHENTICATION = new TextRule(15, "(client-secret|private-key-jwt)");

    /** Where a user is not in Keycloak's own store, the id names the store, too. */
    public static final TextRule USER_ID =
            new TextRule(255, "((?!f:)[^" + NOT_PRINTED + "]+|f:[^:" + NOT_PRINTED + "]+:[^" + NOT_PRINTED + "]+)");

    /** As ISO 8601 writes a moment, with a time zone. */
    public static final TextRule MOMENT = new TextRule(
            35, "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})");

    /** As ISO 8601 writes a day. */
    public static final TextRule DAY = new TextRule(10, "[0-9]{4}-[0-9]{2}-[0-9]{2}");

    public static final TextRule LOCALE = new TextRule(35, "[A-Za-z0-9]+(-[A-Za-z0-9]+)*");
    public static final TextRule DECISION = new TextRule(7, "(approve|deny)");
    /** As a login's page shows it. */
    public static final TextRule NUMBER = new TextRule(2, "[1-9][0-9]");

    /** What it has to look like is the signature's own rule. */
    public static final TextRule SIGNATURE = new TextRule(2 * DecisionSignature.Jws.MAX_LENGTH, "(?s).*");

    /** A challenge, or the hash of what is shown. */
    public static final TextRule HASH = new TextRule(43, "[A-Za-z0-9_-]{43}");

    public static final TextRule SCOPE = new TextRule(255, "[\\x21\\x23-\\x5B\\x5D-\\x7E]+");

    TextRule(int maxLength, String pattern) {
        this(maxLength, Pattern.compile(pattern));
    }

    public boolean allows(String text) {
        return text.codePointCount(0, text.length()) <= maxLength
                && pattern.matcher(text).matches();
    }

    /** As JSON Schema writes it; there a pattern is looked for anywhere in a text. */
    public String jsonSchemaPattern() {
        return "^" + pattern + "$";
    }

    /** The rule in words. */
    public String inWords() {
        if (WORDS.matcher(pattern.pattern()).matches()) {
            return "must be "
                    + pattern.pattern()
                            .substring(1, pattern.pattern().length() - 1)
                            .replace("|", " or ");
        }
        return "must be a text that matches " + jsonSchemaPattern() + " and be no longer than " + maxLength
                + " characters";
    }
}
