package io.assent.request.jpa;

import io.assent.consent.ClientName;
import io.assent.permission.RequestedPermissions;
import io.assent.permission.Scopes;
import io.assent.request.ConsentRequest;
import io.assent.sql.SqlUpdate;
import io.assent.trace.TracePlace;
import jakarta.persistence.EntityManager;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes the row of a new request. In SQL: to make an entity, walk what else the session knows, and write all columns
 * that are empty yet takes longer than the insert.
 */
final class NewRequest {

    private static final String INSERT =
            "insert into {h-schema}CONSENT_REQUEST (ID, REALM_ID, CLIENT_ID, USER_ID, CHANNEL,"
                    + " CHANNEL_REFERENCE, SCOPE, PERMISSIONS, PERMISSION_IDS, REQUIRED_PERMISSIONS, CLAIMS, SELECTABLE, DETAILS,"
                    + " BINDING_MESSAGE, ACR_VALUES, GRANT_CHANGE, CHALLENGE, STATUS, CREATED_AT, EXPIRES_AT, OAUTH_CLIENT_ID, CLIENT_NAME,"
                    + " TRACE_PARENT, REPORTED)"
                    + " values (:id, :realm, :client, :user, :channel, :reference, :scope, :permissions, :ids, :required, :claims,"
                    + " :selectable, :details, :message, :acr, :change, :challenge, :status, :created, :expires, :oauthClient, :name,"
                    + " :trace, :reported)";

    /**
     * Writes it.
     *
     * @param askedBy what the client is called, or {@code null} where it is gone already
     * @param askedAt where in whose trace, if anybody traces
     */
    static void insert(EntityManager em, ConsentRequest request, ClientName askedBy, Optional<TracePlace> askedAt) {
        RequestedPermissions permissions = request.permissions();
        SqlUpdate.of(em, INSERT)
                .set("id", request.id())
                .set("realm", request.parties().realmId())
                .set("client", request.parties().clientId())
                .set("user", request.parties().userId())
                .set("channel", request.journey().name())
                .set("reference", request.journey().reference())
                .set("scope", request.scope())
                .set("permissions", Scopes.join(permissions.asked()))
                .set("ids", ids(permissions))
                .set("required", Scopes.join(permissions.required()))
                .set("claims", permissions.claims().findJson().orElse(null))
                .set("selectable", permissions.selectable())
                .set("details", request.details().findJson().orElse(null))
                .set("message", request.bindingMessage())
                .set("acr", request.acrValues().isEmpty() ? null : String.join(" ", request.acrValues()))
                .set("change", request.content().grantChange())
                .set("challenge", request.challenge())
                .set("status", request.status().name())
                .set("created", request.createdAt().toEpochMilli())
                .set("expires", request.expiresAt().toEpochMilli())
                .set("oauthClient", askedBy == null ? null : askedBy.clientId())
                .set("name", askedBy == null ? null : askedBy.name())
                .set("trace", askedAt.map(TracePlace::traceparent).orElse(null))
                .set("reported", false)
                .run();
    }

    /** Those of all permissions, in the order of the permissions, or none. */
    private static String ids(RequestedPermissions permissions) {
        return permissions.scopeIds().keySet().equals(permissions.asked())
                ? permissions.asked().stream().map(permissions.scopeIds()::get).collect(Collectors.joining(" "))
                : null;
    }

    private NewRequest() {}
}
