package io.assent.phoneapp;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An Android app by one of the certificates that it is signed with.
 *
 * @param packageName the application ID
 * @param fingerprint SHA-256 of the certificate, as Google writes it: 32 bytes in upper case, with colons between
 */
public record AndroidApp(String packageName, String fingerprint) {

    /** What the admin writes; a package name is a Java package of two parts or more. */
    private static final Pattern SETTING = Pattern.compile(
            "(?<name>[A-Za-z][A-Za-z0-9_]*(?:\\.[A-Za-z][A-Za-z0-9_]*)+) *= *(?<fingerprint>[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){31})");

    private static final int MAX_LENGTH = 400;

    /** @param setting {@code package=fingerprint}; empty where it is not that */
    static Optional<AndroidApp> parse(String setting) {
        Matcher matcher = SETTING.matcher(setting);
        return setting.length() <= MAX_LENGTH && matcher.matches()
                ? Optional.of(new AndroidApp(
                        matcher.group("name"), matcher.group("fingerprint").toUpperCase(Locale.ROOT)))
                : Optional.empty();
    }
}
