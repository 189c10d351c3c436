package io.assent.permission;

import io.assent.claim.SharedClaim;
import java.util.List;

/**
 * One permission as a customer reads it.
 *
 * @param scope the name of the client scope
 * @param title what it allows, in a few words
 * @param detail what exactly that means, or {@code null} where nobody wrote it
 * @param required whether the customer can't leave it out
 * @param claims the customer's data that it is about, masked: for the customer's own eyes, and kept nowhere
 */
public record Permission(String scope, String title, String detail, boolean required, List<SharedClaim> claims) {

    public Permission {
        claims = List.copyOf(claims);
    }

    public Permission(String scope, String title, String detail, boolean required) {
        this(scope, title, detail, required, List.of());
    }
}
