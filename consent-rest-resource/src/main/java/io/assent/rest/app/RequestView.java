package io.assent.rest.app;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.assent.permission.PermissionGroup;
import io.assent.permission.RequestingClient;
import io.assent.request.ConsentRequest;
import io.assent.request.RecordedDecision;
import java.time.Instant;
import java.util.List;

/** A consent request as the API shows it. */
@JsonInclude
record RequestView(
        String id,
        String status,
        String channel,
        String createdAt,
        String expiresAt,
        String bindingMessage,
        List<String> acrValues,
        Client client,
        boolean selectable,
        List<Group> groups,
        Decision decision) {

    static RequestView of(ConsentRequest request, Client client, List<PermissionGroup> groups, Instant now) {
        return new RequestView(
                request.id(),
                status(request, now),
                request.journey().name(),
                request.createdAt().toString(),
                request.expiresAt().toString(),
                request.bindingMessage(),
                request.acrValues(),
                client,
                request.permissions().selectable(),
                groups.stream().map(Group::of).toList(),
                request.findDecision()
                        .map(decision -> Decision.of(decision, request))
                        .orElse(null));
    }

    /** Whether the client fetched its tokens is not the customer's concern: what was approved stays approved. */
    private static String status(ConsentRequest request, Instant now) {
        if (request.expired(now)) {
            return "expired";
        }
        return switch (request.status()) {
            case PENDING -> "pending";
            case APPROVED, REDEEMED -> "approved";
            case DENIED -> "denied";
            case WITHDRAWN -> "withdrawn";
        };
    }

    /** A page of a list. */
    @JsonInclude
    record Listed(List<RequestView> requests, String next) {}

    /** Who asks. */
    @JsonInclude
    record Client(String clientId, String name, String legalEntity, String logoUri, String policyUri, String tosUri) {

        static Client of(RequestingClient client) {
            return new Client(
                    client.clientId(),
                    client.name(),
                    client.legalEntity(),
                    client.logoUri(),
                    client.policyUri(),
                    client.tosUri());
        }
    }

    /** A headline with what is in it. */
    @JsonInclude
    record Group(String id, String title, String summary, List<Permission> permissions) {

        static Group of(PermissionGroup group) {
            return new Group(
                    group.id(),
                    group.title(),
                    group.summary(),
                    group.permissions().stream().map(Permission::of).toList());
        }
    }

    /** One thing that the client would be allowed to do. */
    @JsonInclude
    record Permission(String scope, String title, String detail, boolean required) {

        static Permission of(io.assent.permission.Permission permission) {
            return new Permission(permission.scope(), permission.title(), permission.detail(), permission.required());
        }
    }

    /** What the customer answered. */
    @JsonInclude
    record Decision(String decision, List<String> grantedScopes, String decidedAt, String deviceId, boolean reported) {

        static Decision of(RecordedDecision decision, ConsentRequest request) {
            return new Decision(
                    decision.approved() ? "approve" : "deny",
                    request.permissions().asked().stream()
                            .filter(decision.granted()::contains)
                            .toList(),
                    decision.decidedAt().toString(),
                    decision.deviceId(),
                    decision.reported());
        }
    }
}
