package io.assent.bank;

import java.util.List;
import java.util.Optional;
import org.keycloak.models.UserModel;

/**
 * The id or user attribute by which the bank knows a customer.
 *
 * @param name {@value #ID}, or a user attribute, of which {@code username} is one
 */
public record CustomerAttribute(String name) {

    /** Keycloak's own id of the user. */
    public static final String ID = "id";

    private static final int MAX_LENGTH = 255;

    /** @return empty where the customer has none, or more than one */
    public Optional<String> of(UserModel customer) {
        if (name.equals(ID)) {
            return Optional.of(customer.getId());
        }
        List<String> values = customer.getAttributeStream(name).toList();
        return values.size() == 1
                ? Optional.of(values.get(0)).filter(value -> !value.isBlank() && value.length() <= MAX_LENGTH)
                : Optional.empty();
    }
}
