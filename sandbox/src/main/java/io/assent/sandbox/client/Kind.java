package io.assent.sandbox.client;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How a client asks customers, and shows who it is. */
enum Kind {
    /** By CIBA, and asks for the answer again and again; with a secret. */
    POLL,
    /** By CIBA, and is told when there is an answer; with a secret. */
    PING,
    /** Sends the customer's browser; with a secret. */
    REDIRECT,
    /** The same as FAPI 2.0 has it: with a key, a pushed request, and tokens that are bound by DPoP. */
    FAPI;

    static List<String> words() {
        return Arrays.stream(values()).map(Kind::word).toList();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean sendsTheBrowser() {
        return this == REDIRECT || this == FAPI;
    }
}
