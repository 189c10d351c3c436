package io.assent.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.claim.ClaimLimits;
import io.assent.claim.ClaimPlace;
import io.assent.claim.ClaimSet;
import io.assent.claim.SharedClaim;
import io.assent.claim.VerifiedClaimsMapper;
import io.assent.claim.VerifiedClaimsMapper.Carried;
import io.assent.claim.VerifiedWish;
import io.assent.server.OperatorLog;
import io.assent.server.ServerTime;
import io.assent.text.Texts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** What was verified about a realm's customers, as far as permissions carry it and requests ask for it. */
public final class VerifiedIdentities {

    private static final OperatorLog OPERATOR = new OperatorLog(Logger.getLogger(VerifiedIdentities.class));

    private final RealmModel realm;
    private final VerifiedIdentitySource source;

    private VerifiedIdentities(RealmModel realm, VerifiedIdentitySource source) {
        this.realm = realm;
        this.source = source;
    }

    public static VerifiedIdentities of(KeycloakSession session, RealmModel realm) {
        return new VerifiedIdentities(realm, session.getProvider(VerifiedIdentitySource.class));
    }

    /**
     * What is told of a customer by permissions that grant some of their claims.
     *
     * @param limits what was asked for and granted
     * @param places where it is about to be told
     * @return the claim {@value VerifiedWish#NAME}: an object, or an array of several; empty where there is nothing
     */
    public Optional<JsonNode> told(
            UserModel customer, Stream<ClientScopeModel> scopes, ClaimLimits limits, Set<ClaimPlace> places) {
        // a client counts as a scope of its own, and may be called like a permission
        List<ObjectNode> all = scopes.filter(scope -> !(scope instanceof ClientModel))
                .flatMap(scope -> limits.of(scope.getName()).stream()
                        .flatMap(limit -> answers(customer, scope, wishes(limit, places)).stream()))
                .toList();
        List<ObjectNode> told = withClaims(all);
        if (told.size() > 1) {
            return Optional.of(JsonNodeFactory.instance.arrayNode().addAll(told));
        }
        return told.stream().<JsonNode>map(one -> one).findFirst();
    }

    /** Where any has claims, those that have some: others would say nothing that was asked for. */
    private static List<ObjectNode> withClaims(List<ObjectNode> all) {
        List<ObjectNode> some = all.stream().filter(VerifiedWish::hasClaims).toList();
        return some.isEmpty() ? all : some;
    }

    private static List<VerifiedWish> wishes(ClaimSet limit, Set<ClaimPlace> places) {
        return limit.verified().stream().filter(wish -> wish.isToldAt(places)).toList();
    }

    /** The elements of the claim by one permission. */
    private List<ObjectNode> answers(UserModel customer, ClientScopeModel scope, List<VerifiedWish> wishes) {
        if (wishes.isEmpty()) {
            return List.of();
        }
        List<VerifiedIdentity> known = known(customer);
        // what the admin took from the permission since it was granted is told no more
        return VerifiedClaimsMapper.carried(scope)
                .flatMap(carried -> known.stream()
                        .filter(identity -> carried.frameworks()
                                .contains(identity.verification()
                                        .path(VerifiedIdentity.TRUST_FRAMEWORK)
                                        .textValue()))
                        .flatMap(identity -> answers(wishes, carried, identity)))
                .distinct()
                .toList();
    }

    private static Stream<ObjectNode> answers(List<VerifiedWish> wishes, Carried carried, VerifiedIdentity identity) {
        ObjectNode verification = VerifiedWish.tellable(identity.verification(), carried.evidence());
        return wishes.stream()
                .map(wish -> wish.only(carried.claims()))
                .flatMap(wish -> wish.answer(verification, identity.claims(), ServerTime.now()).stream());
    }

    /** The verified claims that a permission is asked for, as the customer sees them. */
    public List<SharedClaim> shown(UserModel customer, ClientScopeModel scope, ClaimSet limit, Texts texts) {
        List<ObjectNode> answers = answers(customer, scope, limit.verified());
        return limit.verified().stream()
                .flatMap(wish -> wish.names().stream())
                .distinct()
                .map(name -> SharedClaim.verified(name, value(answers, name), texts))
                .toList();
    }

    private static String value(List<ObjectNode> answers, String name) {
        return answers.stream()
                .map(answer -> answer.path("claims").path(name))
                .filter(JsonNode::isValueNode)
                .map(JsonNode::asText)
                .findFirst()
                .orElse(null);
    }

    private List<VerifiedIdentity> known(UserModel customer) {
        try {
            return source == null ? List.of() : source.identities(realm, customer);
        } catch (UnavailableIdentityException failed) {
            OPERATOR.error(
                    realm.getName() + ' ' + failed.getMessage(),
                    "No verified claims are told in realm '%s': %s".formatted(realm.getName(), failed.getMessage()));
            return List.of();
        }
    }
}
