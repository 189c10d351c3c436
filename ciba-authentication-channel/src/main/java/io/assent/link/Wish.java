package io.assent.link;

import io.assent.detail.Details;
import java.util.Objects;

/**
 * What the client of a login asks for.
 *
 * @param scope the whole {@code scope}, space separated (RFC 6749, section 3.3)
 * @param details the authorization details (RFC 9396)
 * @param asksAgain whether the customer is to be asked also for what stands ({@code prompt=consent})
 */
public record Wish(String scope, Details details, boolean asksAgain) {
    public Wish {
        Objects.requireNonNull(scope);
        Objects.requireNonNull(details);
    }
}
