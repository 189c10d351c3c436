package io.assent.text;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which missing texts this node has told the admin of, so that one does not fill the log. */
final class WarnOnce {

    /** So that nothing that clients can vary, such as a language, makes it grow without end. */
    private static final int MOST = 10_000;

    private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

    /** Whether nobody was told of this one yet; from now on it counts as told. */
    static boolean firstTime(String realm, Locale locale, String key) {
        return TOLD.size() < MOST && TOLD.add(realm + '\n' + locale + '\n' + key);
    }

    private WarnOnce() {}
}
