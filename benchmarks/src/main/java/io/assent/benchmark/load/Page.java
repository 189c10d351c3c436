package io.assent.benchmark.load;

import java.net.URI;

/**
 * What a browser shows, or where it was sent away from the server.
 *
 * @param sentTo where it was sent, or {@code null} where the page is the server's
 */
record Page(String html, URI sentTo) {

    private static final String CODE = "code=";

    /** The value of the first attribute of this name. */
    String attribute(String name) {
        return after(' ' + name + "=\"");
    }

    /** The value of a field that the form sends as it is. */
    String field(String name) {
        return after(" name=\"" + name + "\" value=\"");
    }

    private String after(String start) {
        int at = html.indexOf(start);
        if (at < 0) {
            throw new UnexpectedReply("no" + start + " on a page: " + html);
        }
        int from = at + start.length();
        return html.substring(from, html.indexOf('"', from)).replace("&amp;", "&");
    }

    /** The authorization code with which the browser was sent back to the third party. */
    String code() {
        String query = sentTo == null ? null : sentTo.getRawQuery();
        int at = query == null ? -1 : query.indexOf(CODE);
        if (at < 0) {
            throw new UnexpectedReply("instead of a code there is " + (sentTo == null ? html : sentTo));
        }
        int end = query.indexOf('&', at);
        return query.substring(at + CODE.length(), end < 0 ? query.length() : end);
    }
}
