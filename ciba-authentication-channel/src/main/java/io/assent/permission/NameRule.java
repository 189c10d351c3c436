package io.assent.permission;

import io.assent.text.Unseen;
import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.RealmModel;

/**
 * Whether a name may stand for a client before a customer. A client may have named itself: it must not pass for the
 * bank, nor change how the rest of a page or an app reads.
 */
final class NameRule {

    private static final Pattern MARKUP = Pattern.compile("[<>]");
    /** Control and direction characters, what is not assigned, and what is assigned and can't be seen. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}" + Unseen.CHARACTERS + "]");

    private static final Pattern NO_LETTER_OR_DIGIT = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{M}]+");

    /** Alphabets whose letters look alike: nobody writes one word in two of them. */
    private static final Set<UnicodeScript> ALIKE = EnumSet.of(
            UnicodeScript.LATIN,
            UnicodeScript.CYRILLIC,
            UnicodeScript.GREEK,
            UnicodeScript.ARMENIAN,
            UnicodeScript.CHEROKEE);

    /** So long that nobody writes it by chance within other words. */
    private static final int LONG = 6;

    private final Set<String> reserved;

    /** @param reserved names that no client may have, however they are written */
    NameRule(Collection<String> reserved) {
        this.reserved = reserved.stream()
                .map(name -> String.join("", words(name)))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The bank's own names: what the realm is called on its pages, and those that the settings reserve. */
    static NameRule of(RealmModel realm) {
        String shown = realm.getDisplayName();
        return new NameRule(Stream.concat(
                        Stream.of(shown == null || shown.isBlank() ? realm.getName() : shown),
                        ConsentSettings.of(realm).reservedNames().stream())
                .toList());
    }

    /** What is wrong with a name, as the end of a sentence about it; empty where it may be shown. */
    Optional<String> flaw(String name) {
        if (MARKUP.matcher(name).find()) {
            return Optional.of("has markup in it");
        }
        if (name.contains("${")) {
            return Optional.of("has a message key in it");
        }
        if (INVISIBLE.matcher(name).find()) {
            return Optional.of("has characters in it that can't be seen or change the direction");
        }
        if (BETWEEN_WORDS.splitAsStream(name).anyMatch(NameRule::mixesAlphabets)) {
            return Optional.of("has a word of two alphabets in it");
        }
        // the stroke is set between words, and stands for a letter in them
        return bears(words(name)) || bears(words(name.replace('|', 'l')))
                ? Optional.of("has a reserved name in it")
                : Optional.empty();
    }

    /**
     * Whether some words in a row, however they are set apart, are a reserved name, or a long one is anywhere in them.
     */
    private boolean bears(List<String> words) {
        String all = String.join("", words);
        if (reserved.stream().anyMatch(name -> name.length() >= LONG && all.contains(name))) {
            return true;
        }
        for (int first = 0; first < words.size(); first++) {
            StringBuilder row = new StringBuilder();
            for (String word : words.subList(first, words.size())) {
                if (reserved.contains(row.append(word).toString())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** What is alike becomes the same: widths and styles of letters, their case and their marks, and O 0, I l 1. */
    private static List<String> words(String name) {
        String letters = MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFKD))
                .replaceAll("")
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT)
                .replace('0', 'o')
                .replace('i', 'l')
                .replace('1', 'l');
        return Arrays.stream(NO_LETTER_OR_DIGIT.split(letters))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static boolean mixesAlphabets(String word) {
        return Normalizer.normalize(word, Normalizer.Form.NFKC)
                        .codePoints()
                        .mapToObj(UnicodeScript::of)
                        .filter(ALIKE::contains)
                        .distinct()
                        .count()
                > 1;
    }
}
