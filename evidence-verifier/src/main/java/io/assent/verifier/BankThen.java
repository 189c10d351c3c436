package io.assent.verifier;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the bank was known by when a customer answered.
 *
 * @param issuer the realm's when the evidence was exported
 * @param earlier those that the realm had before, if the bank has moved since
 * @param origins those that the realm allowed for passkeys beside the sites' own (<em>Extra origins</em>)
 */
record BankThen(String issuer, Set<String> earlier, Set<String> origins) {

    /** Scheme, host and port. */
    private static final Pattern URL = Pattern.compile("(https?)://([^/?#:@]+)(?::(\\d+))?(?:/[^?#]*)?");

    BankThen {
        earlier = Set.copyOf(earlier);
        origins = Set.copyOf(origins);
    }

    /** The one that is named, if it was the realm's; else the one that it has now. */
    String issuer(String named) {
        return earlier.contains(named) ? named : issuer;
    }

    /** The hosts whose passkeys a browser may use that shows an origin; none where it is not the bank's. */
    Set<String> hosts(String origin) {
        return issuers()
                .filter(known -> origins.contains(origin) || origin(known).equals(Optional.of(origin)))
                .flatMap(known -> host(known).stream())
                .collect(Collectors.toSet());
    }

    private Stream<String> issuers() {
        return Stream.concat(Stream.of(issuer), earlier.stream());
    }

    /** As a browser writes it (RFC 6454, section 6.2): without the port where it is the scheme's own. */
    private static Optional<String> origin(String url) {
        Matcher parts = URL.matcher(url.toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            return Optional.empty();
        }
        String port = parts.group(1).equals("https") ? "443" : "80";
        String site = parts.group(1) + "://" + parts.group(2);
        return Optional.of(parts.group(3) == null || parts.group(3).equals(port) ? site : site + ":" + parts.group(3));
    }

    private static Optional<String> host(String url) {
        Matcher parts = URL.matcher(url.toLowerCase(Locale.ROOT));
        return parts.matches() ? Optional.of(parts.group(2)) : Optional.empty();
    }
}
