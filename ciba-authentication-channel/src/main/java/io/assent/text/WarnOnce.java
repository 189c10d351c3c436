package io.assent.text;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which missing texts this node has told the admin of, so that one does not fill the log. */
final class WarnOnce {

    /** So that nothing that clients can vary, such as a language, makes it grow without end. */
    private static final int MAX_TOLD = 10_000;

    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /** Whether nobody was told of this one yet; from now on it counts as told. */
    boolean firstTime(String realm, Locale locale, String key) {
        return told.size() < MAX_TOLD && told.add(realm + '\n' + locale + '\n' + key);
    }
}
