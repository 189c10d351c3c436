package io.assent.origin;

import java.util.Set;

/** What customers call the browsers and systems that the server's parser of {@code User-Agent} tells apart. */
final class Families {

    static final String OTHER = "other";

    private static final Set<String> LINUXES =
            Set.of("Linux", "Ubuntu", "Debian", "Fedora", "Red Hat", "CentOS", "SUSE", "Gentoo", "Arch Linux", "Mint");

    /** @param family as the parser says it, with a version behind a slash or without */
    static String browser(String family) {
        if (family.contains("Edge")) {
            return "Edge";
        }
        if (family.contains("Firefox")) {
            return "Firefox";
        }
        if (family.contains("Chrome") || family.startsWith("Chromium")) {
            return "Chrome";
        }
        return family.contains("Safari") ? "Safari" : OTHER;
    }

    static String system(String family) {
        if (family.startsWith("Windows")) {
            return "Windows";
        }
        if (LINUXES.contains(family)) {
            return "Linux";
        }
        return switch (family) {
            case "Mac OS X", "Mac OS", "macOS" -> "macOS";
            case "Android", "iOS" -> family;
            default -> OTHER;
        };
    }

    private Families() {}
}
