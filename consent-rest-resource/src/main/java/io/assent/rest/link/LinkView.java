package io.assent.rest.link;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * The login that waits for an answer, as the API shows it with its request.
 *
 * @param place where the browser is, or {@code null} where nobody says
 * @param sameNetwork whether the browser is where this call comes from, or {@code null} where that is not known
 * @param scanned whether this session scanned the link, or opened it
 * @param numberRequired whether an approval of this session needs the number that the page shows
 * @param code what the customer is to type into the browser, or {@code null}
 * @param returnUri what the app is to open in the browser of its own phone, or {@code null}
 */
@JsonInclude
public record LinkView(
        String startedAt,
        String browser,
        String system,
        String place,
        Boolean sameNetwork,
        String domain,
        boolean scanned,
        boolean numberRequired,
        String code,
        String returnUri) {}
