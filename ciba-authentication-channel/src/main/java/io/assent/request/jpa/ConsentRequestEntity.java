package io.assent.request.jpa;

import io.assent.claim.ClaimLimits;
import io.assent.consent.ClientName;
import io.assent.detail.Details;
import io.assent.evidence.Evidence;
import io.assent.evidence.KeptSignature;
import io.assent.permission.RequestedPermissions;
import io.assent.permission.Scopes;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequestStatus;
import io.assent.request.RecordedDecision;
import io.assent.server.Customer;
import io.assent.server.Parties;
import io.assent.trace.TracePlace;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The row of a {@link ConsentRequest}, to be read: {@link NewRequest} writes it, and after that conditional updates
 * alone.
 */
@Entity
@Table(name = "CONSENT_REQUEST")
public class ConsentRequestEntity {

    @Id
    @Column(name = "ID", length = 36)
    private String id;

    @Column(name = "REALM_ID", length = 36, nullable = false)
    private String realmId;

    @Column(name = "CLIENT_ID", length = 36, nullable = false)
    private String clientId;

    @Column(name = "USER_ID", length = 255, nullable = false)
    private String userId;

    @Column(name = "CHANNEL", length = 20, nullable = false)
    private String channel;

    @Column(name = "CHANNEL_REFERENCE", length = 36, nullable = false)
    private String channelReference;

    @Column(name = "SCOPE", columnDefinition = "TEXT", nullable = false)
    private String scope;

    @Column(name = "PERMISSIONS", columnDefinition = "TEXT", nullable = false)
    private String permissions;

    /** In the order of the permissions; none in rows from before it was kept. */
    @Column(name = "PERMISSION_IDS", columnDefinition = "TEXT")
    private String permissionIds;

    @Column(name = "REQUIRED_PERMISSIONS", columnDefinition = "TEXT", nullable = false)
    private String requiredPermissions;

    @Column(name = "CLAIMS", columnDefinition = "TEXT")
    private String claims;

    @Column(name = "SELECTABLE", nullable = false)
    private boolean selectable;

    @Column(name = "DETAILS", columnDefinition = "TEXT")
    private String details;

    @Column(name = "BINDING_MESSAGE", length = ConsentRequest.MAX_BINDING_MESSAGE)
    private String bindingMessage;

    @Column(name = "ACR_VALUES", length = 255)
    private String acrValues;

    @Column(name = "GRANT_CHANGE", length = 50)
    private String grantChange;

    @Column(name = "CHALLENGE", length = 43)
    private String challenge;

    @Enumerated(EnumType.STRING)
    @Column(name = "STATUS", length = 10, nullable = false)
    private ConsentRequestStatus status;

    @Column(name = "CREATED_AT", nullable = false)
    private long createdAt;

    @Column(name = "EXPIRES_AT", nullable = false)
    private long expiresAt;

    @Column(name = "OPENED_AT")
    private Long openedAt;

    @Column(name = "DECIDED_AT")
    private Long decidedAt;

    @Column(name = "DECIDED_ON_DEVICE", length = 36)
    private String decidedOnDevice;

    @Column(name = "DECIDED_BY_CLIENT", length = 36)
    private String decidedByClient;

    @Column(name = "DECIDED_IN_SESSION", length = 255)
    private String decidedInSession;

    @Column(name = "DECIDED_ACR", length = 255)
    private String decidedAcr;

    @Column(name = "DECIDED_AUTH_TIME")
    private Long decidedAuthTime;

    @Column(name = "DECIDED_FROM", length = 64)
    private String decidedFrom;

    @Column(name = "SHOWN_TEXT", length = 64)
    private String shownText;

    @Column(name = "GRANTED_PERMISSIONS", columnDefinition = "TEXT")
    private String grantedPermissions;

    @Column(name = "SHOWN_CONTENT", columnDefinition = "TEXT")
    private String shownContent;

    @Column(name = "GRANTED_DETAILS", columnDefinition = "TEXT")
    private String grantedDetails;

    @Column(name = "SIGNATURE", columnDefinition = "TEXT")
    private String signature;

    @Column(name = "OAUTH_CLIENT_ID", length = 255)
    private String oauthClientId;

    @Column(name = "CLIENT_NAME", length = 255)
    private String clientName;

    @Column(name = "TRACE_PARENT", length = 55)
    private String traceParent;

    @Column(name = "REDEEMED_AT")
    private Long redeemedAt;

    @Column(name = "REPORTED", nullable = false)
    private boolean reported;

    protected ConsentRequestEntity() {}

    Optional<TracePlace> askedAt() {
        return TracePlace.parse(traceParent);
    }

    Optional<ClientName> askedBy() {
        return Optional.ofNullable(oauthClientId).map(clientIdThen -> new ClientName(clientIdThen, clientName));
    }

    boolean isOf(String realm) {
        return realmId.equals(realm);
    }

    boolean isPutTo(Customer customer) {
        return realmId.equals(customer.realmId()) && userId.equals(customer.userId());
    }

    ConsentRequest toRequest() {
        return new ConsentRequest(
                id,
                new Parties(realmId, clientId, userId),
                new ConsentRequest.Journey(channel, channelReference),
                new ConsentRequest.Content(
                        scope,
                        new RequestedPermissions(
                                Scopes.split(permissions),
                                Scopes.split(requiredPermissions),
                                selectable,
                                scopeIds(),
                                ClaimLimits.parse(claims)),
                        Details.parse(details),
                        bindingMessage,
                        acrValues == null ? List.of() : List.of(acrValues.split(" ")),
                        grantChange),
                challenge,
                status,
                Instant.ofEpochMilli(createdAt),
                Instant.ofEpochMilli(expiresAt),
                openedAt == null ? null : Instant.ofEpochMilli(openedAt),
                status == ConsentRequestStatus.PENDING ? null : decision());
    }

    private Map<String, String> scopeIds() {
        Map<String, String> ids = new HashMap<>();
        if (permissionIds != null && !permissionIds.isEmpty()) {
            String[] inOrder = permissionIds.split(" ");
            int place = 0;
            for (String name : Scopes.split(permissions)) {
                ids.put(name, inOrder[place]);
                place++;
            }
        }
        return ids;
    }

    private RecordedDecision decision() {
        return new RecordedDecision(
                status != ConsentRequestStatus.DENIED,
                Scopes.split(grantedPermissions),
                Details.parse(grantedDetails),
                Instant.ofEpochMilli(decidedAt),
                decidedOnDevice,
                new Evidence(
                        decidedByClient,
                        decidedInSession,
                        decidedAcr,
                        decidedAuthTime == null ? null : Instant.ofEpochMilli(decidedAuthTime),
                        decidedFrom,
                        shownText,
                        shownContent,
                        signature == null ? null : KeptSignature.parse(signature)),
                reported);
    }
}
