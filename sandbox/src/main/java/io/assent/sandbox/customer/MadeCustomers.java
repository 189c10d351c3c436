package io.assent.sandbox.customer;

import io.assent.device.Device;
import io.assent.device.Devices;
import io.assent.device.Enrolment;
import io.assent.device.SignedCall;
import io.assent.sandbox.Sandbox;
import io.assent.server.Customer;
import io.assent.server.ServerTime;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserCredentialModel;
import org.keycloak.models.UserManager;
import org.keycloak.models.UserModel;

/** Makes customers, and finds again those that were made before. Each one's password is the user name. */
public record MadeCustomers(KeycloakSession session, RealmModel realm) {

    /** As many as a realm has at the most. */
    public static final int MOST = 2_000;

    private static final String MARK = "sandbox.customer";

    private static final List<String> FIRST_NAMES =
            List.of("Ada", "Ben", "Carla", "David", "Emma", "Farid", "Greta", "Hugo", "Ines", "Jonas");
    private static final List<String> LAST_NAMES =
            List.of("Adler", "Brown", "Costa", "Dubois", "Evans", "Fischer", "Green", "Haas", "Ivanov", "Jones");

    /**
     * One customer.
     *
     * @param id as Keycloak has it
     */
    public record Made(String id, String username, String language) {}

    /** @return in the order of their numbers; empty where the realm would have too many, and then none is made */
    public Optional<List<Made>> make(CustomersWanted wanted) {
        Map<String, UserModel> there = new HashMap<>();
        for (String username : wanted.usernames()) {
            Optional.ofNullable(session.users().getUserByUsername(realm, username))
                    .ifPresent(user -> there.put(username, user));
        }
        int missing = wanted.count() - there.size();
        if (missing > 0 && session.users().getUsersCount(realm, Map.of(MARK, "true")) + missing > MOST) {
            return Optional.empty();
        }
        return Optional.of(wanted.usernames().stream()
                .map(username -> there.computeIfAbsent(username, name -> make(name, wanted.kind())))
                .map(user -> new Made(user.getId(), user.getUsername(), user.getFirstAttribute(UserModel.LOCALE)))
                .toList());
    }

    /**
     * Removes some of them, as an admin would.
     *
     * @return how many; 0 where none is left
     */
    public int remove(int most) {
        List<UserModel> some = session.users()
                .searchForUserByUserAttributeStream(realm, MARK, "true")
                .limit(most)
                .toList();
        UserManager users = new UserManager(session);
        return (int) some.stream().filter(user -> users.removeUser(realm, user)).count();
    }

    private UserModel make(String username, Kind kind) {
        UUID id = UUID.nameUUIDFromBytes(
                ("sandbox customer\n" + realm.getName() + "\n" + username).getBytes(StandardCharsets.UTF_8));
        UserModel user = session.users().addUser(realm, id.toString(), username, true, true);
        int hash = Math.floorMod(username.hashCode(), 100);
        user.setFirstName(FIRST_NAMES.get(hash / 10));
        user.setLastName(LAST_NAMES.get(hash % 10));
        user.setEmail(username + "@customers.example");
        user.setEmailVerified(true);
        user.setSingleAttribute(MARK, "true");
        user.setSingleAttribute(UserModel.LOCALE, kind.language());
        user.setEnabled(kind != Kind.LOCKED);
        user.credentialManager().updateCredential(UserCredentialModel.password(username, false));
        kind.phone().ifPresent(phone -> register(user, phone));
        return user;
    }

    private void register(UserModel user, SimulatedPhone phone) {
        Device device = new Device(
                UUID.nameUUIDFromBytes(user.getId().getBytes(StandardCharsets.UTF_8))
                        .toString(),
                Sandbox.ID,
                phone.pushToken(user.getId()),
                "Simulated phone",
                null,
                null,
                ServerTime.now(),
                null,
                false);
        SignedCall unsigned =
                new SignedCall("POST", URI.create("urn:assent:sandbox"), "", new byte[0], ServerTime.now(), List.of());
        Devices.of(session)
                .register(
                        Customer.of(realm, user), new Enrolment(device, Optional.empty(), Optional.empty(), unsigned));
    }
}
