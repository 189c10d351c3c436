package io.assent.permission.change;

import java.util.Optional;

/** A change that can't be; its message says why, in words for the admin who wrote it. */
public final class InvalidChangeException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String changeId;

    InvalidChangeException(String message) {
        super(message);
        changeId = null;
    }

    InvalidChangeException(String changeId, String message) {
        super("Change '" + changeId + "': " + message);
        this.changeId = changeId;
    }

    /** Which one; empty where it has no id that could be named, or all together are wrong. */
    public Optional<String> changeId() {
        return Optional.ofNullable(changeId);
    }
}
