package io.assent.rest.app;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.assent.claim.SharedClaim;
import io.assent.detail.ShownDetail;
import io.assent.permission.PermissionGroup;
import io.assent.permission.RequestingClient;
import io.assent.request.ConsentRequest;
import io.assent.request.RecordedDecision;
import io.assent.rest.link.LinkView;
import io.assent.rules.SignatureDemand;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A consent request as the API shows it. */
@JsonInclude
record RequestView(
        String id,
        String status,
        String channel,
        String consentId,
        String createdAt,
        String expiresAt,
        String bindingMessage,
        List<String> acrValues,
        Client client,
        boolean selectable,
        List<Group> groups,
        List<DetailView> details,
        String language,
        String contentHash,
        String challenge,
        String signatureRequired,
        LinkView link,
        Decision decision) {

    /**
     * @param consentId of the consent that it would add to, or {@code null}
     * @param details as they are to be shown
     * @param challenge what has to come back in a signed answer, or {@code null} where it is not to be answered
     * @param demand what a yes has to be signed with; empty where it can't be given
     * @param granted the details that were granted, as they are to be shown
     * @param link the login that waits for the answer, or {@code null}
     */
    static RequestView of(
            ConsentRequest request,
            String consentId,
            Display.Shown shown,
            List<DetailView> details,
            String challenge,
            Optional<SignatureDemand> demand,
            List<ShownDetail> granted,
            LinkView link,
            Instant now) {
        return new RequestView(
                request.id(),
                status(request, now),
                request.journey().name(),
                consentId,
                request.createdAt().toString(),
                request.expiresAt().toString(),
                request.bindingMessage(),
                request.acrValues(),
                Client.of(shown.client()),
                request.permissions().selectable(),
                shown.groups().stream().map(Group::of).toList(),
                details,
                shown.language(),
                shown.content().hash(),
                challenge,
                demand.map(SignatureDemand::word).orElse(null),
                link,
                request.findDecision()
                        .map(decision -> Decision.of(decision, request, granted))
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
    record Permission(String scope, String title, String detail, boolean required, List<Claim> claims) {

        static Permission of(io.assent.permission.Permission permission) {
            return new Permission(
                    permission.scope(),
                    permission.title(),
                    permission.detail(),
                    permission.required(),
                    permission.claims().stream().map(Claim::of).toList());
        }
    }

    /** The customer's data that it is about: what it is called, and what it is, masked. */
    @JsonInclude
    record Claim(String name, String label, String value) {

        static Claim of(SharedClaim claim) {
            return new Claim(claim.name(), claim.label(), claim.value());
        }
    }

    /** What the customer answered. */
    @JsonInclude
    record Decision(
            String decision,
            List<String> grantedScopes,
            @JsonRawValue String grantedDetails,
            List<DetailView.Granted> details,
            String contentHash,
            String decidedAt,
            String deviceId,
            boolean reported) {

        static Decision of(RecordedDecision decision, ConsentRequest request, List<ShownDetail> granted) {
            return new Decision(
                    decision.approved() ? "approve" : "deny",
                    request.permissions().asked().stream()
                            .filter(decision.granted()::contains)
                            .toList(),
                    decision.details().json(),
                    granted.stream().map(DetailView.Granted::of).toList(),
                    decision.contentHash().orElse(null),
                    decision.decidedAt().toString(),
                    decision.deviceId(),
                    decision.reported());
        }
    }
}
