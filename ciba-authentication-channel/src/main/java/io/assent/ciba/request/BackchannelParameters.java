package io.assent.ciba.request;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the parameters of a backchannel authentication request may be, before any of them is read. */
final class BackchannelParameters {

    /** The longest parameter, in characters: as long as the server lets those of its token endpoint be. */
    static final int MAX_LENGTH = 20_000;

    private static final String PARTS = "multipart/";

    /** Whether they are sent as the standard does not know it, and the server would fail over a file among them. */
    static boolean comeInParts(String contentType) {
        return contentType != null && contentType.regionMatches(true, 0, PARTS, 0, PARTS.length());
    }

    /** @return why they are refused, in words for a developer that repeat nothing of them; empty where they are not */
    static Optional<String> flaw(Map<String, List<String>> parameters) {
        return parameters.values().stream()
                .map(BackchannelParameters::flaw)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> flaw(List<String> values) {
        // of two values each reader takes its own, and the customer would see another than the bank checked
        return values.size() > 1
                ? Optional.of("A parameter is there twice")
                : values.stream()
                        .filter(value -> value != null)
                        .map(BackchannelParameters::flaw)
                        .flatMap(Optional::stream)
                        .findFirst();
    }

    private static Optional<String> flaw(String value) {
        if (value.length() > MAX_LENGTH) {
            return Optional.of("A parameter has more than " + MAX_LENGTH + " characters");
        }
        // PostgreSQL takes no text with this character, and the stock code looks users up by what it is given
        return value.indexOf('\0') < 0 ? Optional.empty() : Optional.of("A parameter has a NUL character");
    }

    private BackchannelParameters() {}
}
