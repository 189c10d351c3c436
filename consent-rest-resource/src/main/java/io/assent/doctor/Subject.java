package io.assent.doctor;

import java.util.Objects;
import java.util.Optional;

/**
 * What a finding is about.
 *
 * @param kind what it is
 * @param name by which the console knows it
 * @param findNote what else is to be known, such as the languages without a text
 */
public record Subject(Kind kind, String name, Optional<String> findNote) {

    public Subject {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(name);
        Objects.requireNonNull(findNote);
    }

    static Subject client(String clientId) {
        return new Subject(Kind.CLIENT, clientId, Optional.empty());
    }

    static Subject scope(String name) {
        return new Subject(Kind.SCOPE, name, Optional.empty());
    }

    static Subject setting(String name) {
        return new Subject(Kind.SETTING, name, Optional.empty());
    }

    static Subject provider(String alias) {
        return new Subject(Kind.PROVIDER, alias, Optional.empty());
    }

    Subject noting(String note) {
        return new Subject(kind, name, Optional.of(note));
    }

    /** What can have a finding. */
    public enum Kind {
        CLIENT,
        /** An identity provider. */
        PROVIDER,
        SCOPE,
        SETTING
    }
}
