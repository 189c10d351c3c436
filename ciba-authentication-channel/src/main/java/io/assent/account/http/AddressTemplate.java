package io.assent.account.http;

import io.assent.server.Loopback;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where the bank answers for a customer: a URL with {@value #CUSTOMER}, and possibly {@value #REALM}, in its path or
 * query.
 */
record AddressTemplate(String text) {

    static final String REALM = "{realm}";
    static final String CUSTOMER = "{customer}";

    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    /** What is wrong with it, in words that follow the option's name; empty where nothing is. */
    Optional<String> flaw() {
        if (!text.contains(CUSTOMER)) {
            return Optional.of("has no " + CUSTOMER + ": say where the id of the customer goes");
        }
        URI one = filled("x", "x").orElse(null);
        URI other = filled("y", "y").orElse(null);
        if (one == null || other == null || one.getHost() == null) {
            return Optional.of("must be a URL such as https://core.bank.example/customers/{customer}/accounts");
        }
        if (!one.getRawAuthority().equals(other.getRawAuthority())
                || one.getUserInfo() != null
                || one.getRawFragment() != null) {
            return Optional.of("must have its placeholders in the path or query, no user and no fragment");
        }
        boolean safe = "https".equals(one.getScheme()) || "http".equals(one.getScheme()) && isOnThisMachine();
        return safe ? Optional.empty() : Optional.of("must be https, or http of this machine");
    }

    boolean isOnThisMachine() {
        return filled("x", "x").map(URI::getHost).filter(Loopback::isHost).isPresent();
    }

    /** @return empty where these values can't be in a URL without changing where it leads */
    Optional<URI> of(String realm, String customer) {
        return isWalk(realm) || isWalk(customer) ? Optional.empty() : filled(encoded(realm), encoded(customer));
    }

    private Optional<URI> filled(String realm, String customer) {
        try {
            return Optional.of(new URI(text.replace(REALM, realm).replace(CUSTOMER, customer)));
        } catch (URISyntaxException notOne) {
            return Optional.empty();
        }
    }

    /** A step in a path, which no encoding hides. */
    private static boolean isWalk(String value) {
        return value.equals(".") || value.equals("..");
    }

    private static String encoded(String value) {
        StringBuilder encoded = new StringBuilder();
        for (byte one : value.getBytes(StandardCharsets.UTF_8)) {
            if (UNRESERVED.indexOf(one) >= 0) {
                encoded.append((char) one);
            } else {
                encoded.append("%%%02X".formatted(one & 0xFF));
            }
        }
        return encoded.toString();
    }
}
