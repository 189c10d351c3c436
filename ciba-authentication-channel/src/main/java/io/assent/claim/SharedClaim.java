package io.assent.claim;

import io.assent.text.Texts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.UserModel;

/**
 * A claim that a permission is about, as the customer sees it.
 *
 * @param name its name in tokens
 * @param label what the customer calls it
 * @param value the customer's own, masked; or {@code null} where it is not known
 */
public record SharedClaim(String name, String label, String value) {

    /** @param limit the claims that the permission is for; empty for all that it carries */
    public static List<SharedClaim> of(ClientScopeModel scope, Optional<ClaimSet> limit, UserModel user, Texts texts) {
        ScopeClaims carried = ScopeClaims.of(scope);
        return limit.orElse(ClaimSet.WHOLE).names(carried.names()).stream()
                .map(name -> new SharedClaim(
                        name, label(name, texts), carried.masked(name, user).orElse(null)))
                .toList();
    }

    /** One that was verified. @param value the customer's own, or {@code null} */
    public static SharedClaim verified(String name, String value, Texts texts) {
        return new SharedClaim(name, label(name, texts), value == null ? null : MaskedValue.of(value));
    }

    /**
     * The claims that a permission is for, of those that it carries, as a sentence that says there are no others; and
     * what the client says that it wants them for.
     */
    public static String words(ClaimSet limit, Set<String> carried, Texts texts) {
        List<VerifiedWish> wishes = limit.verified();
        String claims = Stream.concat(
                        limit.names(carried).stream(), wishes.stream().flatMap(wish -> wish.names().stream()))
                .distinct()
                .sorted()
                .map(name -> label(name, texts))
                .distinct()
                .collect(Collectors.joining(", "));
        String words = texts.expect("consent.claims.only").orElse("") + ' ' + claims;
        String purposes = wishes.stream()
                .flatMap(wish -> wish.purposes().stream())
                .distinct()
                .collect(Collectors.joining("; "));
        return purposes.isEmpty()
                ? words
                : words + ". " + texts.expect("consent.claims.purpose").orElse("") + ' ' + purposes;
    }

    private static String label(String name, Texts texts) {
        return texts.find("consent.claim." + name).orElseGet(() -> readable(name));
    }

    /** {@code age_over_18} as "Age over 18". */
    private static String readable(String name) {
        String words = name.replaceAll("[._:-]+", " ").trim();
        return words.isEmpty() ? name : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
