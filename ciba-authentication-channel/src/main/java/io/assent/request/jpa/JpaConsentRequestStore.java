package io.assent.request.jpa;

import io.assent.permission.RequestedPermissions.Selection;
import io.assent.permission.Scopes;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequest.Journey;
import io.assent.request.ConsentRequestDecided;
import io.assent.request.ConsentRequestStatus;
import io.assent.request.ConsentRequestStore;
import io.assent.request.Decision;
import io.assent.request.DecisionResult;
import io.assent.request.RecordedDecision;
import io.assent.server.ServerTime;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hibernate.query.TypedParameterValue;
import org.hibernate.type.StandardBasicTypes;
import org.keycloak.common.util.Time;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Keeps consent requests in Keycloak's database. */
final class JpaConsentRequestStore implements ConsentRequestStore {

    private static final String OF_CUSTOMER =
            "select r from ConsentRequestEntity r where r.realmId = :realm and r.userId = :user";

    // These two are SQL since Hibernate translates an update in JPQL anew each time (it keeps no plan of
    // one), which takes longer than the update itself.

    private static final String DECIDE = "update {h-schema}CONSENT_REQUEST set STATUS = :status, DECIDED_AT = :now,"
            + " DECIDED_ON_DEVICE = :device, GRANTED_PERMISSIONS = :granted"
            + " where ID = :id and STATUS = 'PENDING' and EXPIRES_AT > :now";

    private static final String REDEEM = "update {h-schema}CONSENT_REQUEST set STATUS = 'REDEEMED', REDEEMED_AT = :now"
            + " where ID = :id and STATUS = 'APPROVED' and EXPIRES_AT > :now";

    private final KeycloakSession session;
    private final EntityManager em;

    JpaConsentRequestStore(KeycloakSession session, EntityManager em) {
        this.session = session;
        this.em = em;
    }

    @Override
    public void add(ConsentRequest request) {
        em.persist(new ConsentRequestEntity(request));
    }

    @Override
    public Optional<ConsentRequest> find(RealmModel realm, UserModel user, String id) {
        return row(realm, user, id).map(ConsentRequestEntity::toRequest);
    }

    @Override
    public List<ConsentRequest> list(RealmModel realm, UserModel user, Filter filter, int first, int max) {
        TypedQuery<ConsentRequestEntity> query = em.createQuery(
                        OF_CUSTOMER + condition(filter) + " order by r.createdAt desc, r.id",
                        ConsentRequestEntity.class)
                .setParameter("realm", realm.getId())
                .setParameter("user", user.getId());
        if (filter == Filter.PENDING || filter == Filter.EXPIRED) {
            query.setParameter("now", Time.currentTimeMillis());
        }
        return query.setFirstResult(first).setMaxResults(max).getResultList().stream()
                .map(ConsentRequestEntity::toRequest)
                .toList();
    }

    private static String condition(Filter filter) {
        return switch (filter) {
            case ALL -> "";
            case PENDING -> " and r.status = PENDING and r.expiresAt > :now";
            case APPROVED -> " and r.status in (APPROVED, REDEEMED)";
            case DENIED -> " and r.status = DENIED";
            case EXPIRED -> " and r.status = PENDING and r.expiresAt <= :now";
        };
    }

    @Override
    public Optional<ConsentRequest> find(RealmModel realm, ClientModel client, Journey journey) {
        return em
                .createQuery(
                        "select r from ConsentRequestEntity r where r.channelReference = :reference"
                                + " and r.channel = :channel and r.realmId = :realm and r.clientId = :client",
                        ConsentRequestEntity.class)
                .setParameter("reference", journey.reference())
                .setParameter("channel", journey.name())
                .setParameter("realm", realm.getId())
                .setParameter("client", client.getId())
                .getResultList()
                .stream()
                .findFirst()
                .map(ConsentRequestEntity::toRequest);
    }

    @Override
    public DecisionResult decide(RealmModel realm, UserModel user, String id, Decision decision, String deviceId) {
        ConsentRequestEntity row = row(realm, user, id).orElse(null);
        if (row == null) {
            return new DecisionResult.NotFound();
        }
        ConsentRequest request = row.toRequest();
        if (request.status() == ConsentRequestStatus.PENDING) {
            if (request.lapsed(ServerTime.now())) {
                return new DecisionResult.Expired();
            }
            Selection selection = selection(request, decision);
            if (selection instanceof Selection.Refused refused) {
                return new DecisionResult.InvalidSelection(refused);
            }
            Set<String> granted = ((Selection.Granted) selection).permissions();
            RecordedDecision answer =
                    new RecordedDecision(decision instanceof Decision.Approve, granted, ServerTime.now(), deviceId);
            boolean won = record(request, answer, Scopes.join(granted));
            // what was read before the update says nothing any more; the row may even be gone
            em.detach(row);
            if (won) {
                ConsentRequest decided = request.decided(answer);
                session.getKeycloakSessionFactory().publish(new ConsentRequestDecided(session, decided));
                return new DecisionResult.Decided(decided);
            }
            row = row(realm, user, id).orElse(null);
            if (row == null) {
                return new DecisionResult.NotFound();
            }
            request = row.toRequest();
            if (request.status() == ConsentRequestStatus.PENDING) {
                // nobody else decided, so the time ran out between our look and our update
                return new DecisionResult.Expired();
            }
        }
        return saysTheSame(request, decision)
                ? new DecisionResult.Decided(request)
                : new DecisionResult.AlreadyDecided(request);
    }

    /** @param granted what the answer grants, in the order in which it was asked for */
    private boolean record(ConsentRequest request, RecordedDecision answer, String granted) {
        return em.createNativeQuery(DECIDE)
                        .setParameter(
                                "status",
                                (answer.approved() ? ConsentRequestStatus.APPROVED : ConsentRequestStatus.DENIED)
                                        .name())
                        .setParameter("now", answer.decidedAt().toEpochMilli())
                        .setParameter("device", new TypedParameterValue<>(StandardBasicTypes.STRING, answer.deviceId()))
                        .setParameter("granted", granted)
                        .setParameter("id", request.id())
                        .executeUpdate()
                == 1;
    }

    private static boolean saysTheSame(ConsentRequest request, Decision decision) {
        boolean approved = request.decision().approved();
        if (decision instanceof Decision.Deny) {
            return !approved;
        }
        return approved
                && selection(request, decision) instanceof Selection.Granted same
                && same.permissions().equals(request.decision().granted());
    }

    private static Selection selection(ConsentRequest request, Decision decision) {
        return decision instanceof Decision.Approve approve
                ? request.permissions().select(approve.selection())
                : new Selection.Granted(Set.of());
    }

    @Override
    public boolean redeem(ConsentRequest request) {
        return em.createNativeQuery(REDEEM)
                        .setParameter("now", Time.currentTimeMillis())
                        .setParameter("id", request.id())
                        .executeUpdate()
                == 1;
    }

    @Override
    public void removeAll(RealmModel realm) {
        em.createQuery("delete from ConsentRequestEntity r where r.realmId = :realm")
                .setParameter("realm", realm.getId())
                .executeUpdate();
    }

    @Override
    public void removeAll(RealmModel realm, ClientModel client) {
        em.createQuery("delete from ConsentRequestEntity r where r.realmId = :realm and r.clientId = :client")
                .setParameter("realm", realm.getId())
                .setParameter("client", client.getId())
                .executeUpdate();
    }

    @Override
    public void removeAll(RealmModel realm, UserModel user) {
        em.createQuery("delete from ConsentRequestEntity r where r.realmId = :realm and r.userId = :user")
                .setParameter("realm", realm.getId())
                .setParameter("user", user.getId())
                .executeUpdate();
    }

    @Override
    public void close() {}

    /** By the key alone, so that what was read before in this session is not read again. */
    private Optional<ConsentRequestEntity> row(RealmModel realm, UserModel user, String id) {
        return Optional.ofNullable(em.find(ConsentRequestEntity.class, id))
                .filter(row -> row.isPutTo(realm.getId(), user.getId()));
    }
}
