package io.assent.server;

import java.util.Objects;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** A customer of the bank: a user of a realm. Ids are Keycloak's internal ones. */
public record Customer(String realmId, String userId) {

    public Customer {
        Objects.requireNonNull(realmId);
        Objects.requireNonNull(userId);
    }

    public static Customer of(RealmModel realm, UserModel user) {
        return new Customer(realm.getId(), user.getId());
    }
}
