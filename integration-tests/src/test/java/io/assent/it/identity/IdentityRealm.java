package io.assent.it.identity;

import static io.assent.testing.actor.DevRealm.ACME;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.server.Database;
import io.assent.testing.server.Servers;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A realm whose permissions of the group identity carry claims about customers, who have them. */
final class IdentityRealm {

    static final String PERSON = "identity.person";
    static final String PROFILE = "identity.profile";
    static final String CONTACT = "identity.contact";
    static final String VERIFIED = "identity.checked";

    private static final String BIRTHDATE = "1980-05-12";

    private final Realm realm;

    IdentityRealm(Database database) {
        this(Servers.bank(database));
    }

    /** @param bank a realm of the server on which it will be */
    IdentityRealm(Realm bank) {
        this(bank, realm -> {});
    }

    /** With what the person's permission is going to be called, for ACME as well. */
    static IdentityRealm withProfile(Database database) {
        return new IdentityRealm(Servers.bank(database), realm -> {
            carryPerson(permission(realm, PROFILE));
            give(realm, PROFILE);
        });
    }

    private IdentityRealm(Realm bank, Consumer<ObjectNode> more) {
        String name = "identity-" + UUID.randomUUID();
        bank.admin()
                .createRealm(Servers.realmFile()
                        .named(name)
                        .polledEvery(1)
                        .with(IdentityRealm::addPermissions)
                        .with(more));
        bank.admin().allowAttributes(name);
        realm = new Realm(bank.server(), name);
    }

    private static void addPermissions(ObjectNode realm) {
        carryPerson(permission(realm, PERSON));
        attribute(permission(realm, CONTACT), "email", "email");
        mapper(
                permission(realm, VERIFIED),
                "verified",
                "assent-verified-claims",
                Map.of(
                        "claims",
                        "birthdate nationality age_over_18",
                        "trust_frameworks",
                        "de_aml eidas",
                        "evidence",
                        "document",
                        "documents",
                        "idcard",
                        "check_methods",
                        "vpip"));
        mapper(
                permission(realm, "other.checked"),
                "verified",
                "assent-verified-claims",
                Map.of("claims", "title", "trust_frameworks", "uk_tf"));
        give(realm, PERSON, CONTACT, VERIFIED);
    }

    private static void carryPerson(ObjectNode permission) {
        attribute(permission, "firstName", "given_name");
        attribute(permission, "lastName", "family_name");
        attribute(permission, "birthdate", "birthdate");
    }

    private static void give(ObjectNode realm, String... permissions) {
        realm.get("clients").forEach(client -> {
            if (client.get("clientId").asText().equals(ACME)) {
                ArrayNode scopes = ((ObjectNode) client).withArrayProperty("optionalClientScopes");
                Stream.of(permissions).forEach(scopes::add);
            }
        });
    }

    private static ObjectNode permission(ObjectNode realm, String name) {
        ObjectNode permission = realm.withArrayProperty("clientScopes")
                .addObject()
                .put("name", name)
                .put("protocol", "openid-connect");
        permission
                .withObjectProperty("attributes")
                .put("display.on.consent.screen", "true")
                .put("consent.screen.text", name)
                .put("include.in.token.scope", "true");
        mapper(permission, "api", "oidc-audience-mapper", Map.of("included.client.audience", "bank-api"));
        return permission;
    }

    private static void attribute(ObjectNode permission, String attribute, String claim) {
        mapper(
                permission,
                claim,
                "oidc-usermodel-attribute-mapper",
                Map.of(
                        "user.attribute",
                        attribute,
                        "claim.name",
                        claim,
                        "jsonType.label",
                        "String",
                        "id.token.claim",
                        "true",
                        "userinfo.token.claim",
                        "true"));
    }

    private static void mapper(ObjectNode permission, String name, String type, Map<String, String> config) {
        ObjectNode mapper = permission
                .withArrayProperty("protocolMappers")
                .addObject()
                .put("name", name)
                .put("protocol", "openid-connect")
                .put("protocolMapper", type);
        ObjectNode settings =
                mapper.putObject("config").put("access.token.claim", "true").put("introspection.token.claim", "true");
        config.forEach(settings::put);
    }

    Realm realm() {
        return realm;
    }

    Customer newCustomer() {
        Customer customer = realm.newCustomer();
        realm.admin().updateUser(realm.name(), customer.id(), user -> user.withObjectProperty("attributes")
                .withArrayProperty("birthdate")
                .add(BIRTHDATE));
        return customer;
    }

    /** What the bank verified about a customer from now on. */
    void verify(Customer customer, String... identities) {
        realm.admin().updateUser(realm.name(), customer.id(), user -> {
            ArrayNode values = user.withObjectProperty("attributes").putArray("kyc.verified_claims");
            Stream.of(identities).forEach(values::add);
        });
    }

    void remove() {
        realm.admin().removeRealm(realm.name());
    }
}
