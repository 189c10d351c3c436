package io.assent.cloudevent;

import java.util.Objects;

/** What events are about; those of one subject have an order. */
record Subject(Kind kind, String id) {

    Subject {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(id);
    }

    static Subject request(String id) {
        return new Subject(Kind.REQUEST, id);
    }

    static Subject consent(String id) {
        return new Subject(Kind.CONSENT, id);
    }

    /** What {@link #text} wrote. */
    static Subject parse(String text) {
        return text.startsWith(Kind.REQUEST.prefix)
                ? request(text.substring(Kind.REQUEST.prefix.length()))
                : consent(text.substring(Kind.CONSENT.prefix.length()));
    }

    /** As an event says it. */
    String text() {
        return kind.prefix + id;
    }

    /** What it is. */
    enum Kind {
        REQUEST("requests/"),
        CONSENT("consents/");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }
}
