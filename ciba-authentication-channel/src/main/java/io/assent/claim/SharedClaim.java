package io.assent.claim;

import io.assent.text.Texts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
        return carried.names().stream()
                .filter(name -> limit.isEmpty() || limit.get().names().contains(name))
                .map(name -> new SharedClaim(
                        name, label(name, texts), carried.masked(name, user).orElse(null)))
                .toList();
    }

    /** The claims that a permission is for, as a sentence that says there are no others. */
    public static String words(Set<String> names, Texts texts) {
        return texts.expect("consent.claims.only").orElse("")
                + ' '
                + names.stream().sorted().map(name -> label(name, texts)).collect(Collectors.joining(", "));
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
