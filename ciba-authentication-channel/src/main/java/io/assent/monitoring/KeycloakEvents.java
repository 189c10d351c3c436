package io.assent.monitoring;

import io.assent.block.BlockEvent;
import io.assent.consent.Actor;
import io.assent.consent.Consent;
import io.assent.consent.ConsentEvent;
import io.assent.device.DeviceEvent;
import io.assent.link.LinkEvent;
import io.assent.partner.PartnerAccess;
import io.assent.partner.PartnerEvent;
import io.assent.push.PushEvent;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequestEvent.AskRefused;
import io.assent.request.ConsentRequestEvent.Asked;
import io.assent.request.ConsentRequestEvent.Decided;
import io.assent.request.ConsentRequestEvent.DecisionRefused;
import io.assent.request.ConsentRequestEvent.Expired;
import io.assent.request.ConsentRequestEvent.Opened;
import io.assent.request.ConsentRequestEvent.Reason;
import io.assent.request.ConsentRequestEvent.Reported;
import io.assent.request.Responder;
import io.assent.server.AssentEvent;
import io.assent.server.AssentEventListener;
import io.assent.server.Customer;
import io.assent.server.EventDetails;
import io.assent.server.MinuteCount;
import io.assent.server.ServerTime;
import io.assent.trace.Traces;
import io.assent.usercode.UserCodeEvent;
import io.assent.usercode.UserCodes;
import java.util.Locale;
import java.util.Optional;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Puts what happens into Keycloak's own events, so that the console's <i>Events</i> page and every event listener see
 * it. Their types are Keycloak's, since none can be added: an answer is a {@code GRANT_CONSENT}, a device is a
 * credential, and the rest is about something that a customer is required to do. {@link EventDetails#EVENT} tells them
 * apart. A consent that is granted is told with the answer; the redemption is Keycloak's own
 * {@code AUTHREQID_TO_TOKEN}, to which the grant adds the request's id.
 *
 * <p>An event is stored with the transaction in which it happens; that of a refused answer at once, since such a
 * transaction is rolled back.
 */
final class KeycloakEvents implements AssentEventListener {

    private static final String REQUIRED_ACTION = "consent-permissions";
    private static final String CREDENTIAL_TYPE = "consent-device";

    private final KeycloakSession session;
    private final MinuteCount refusals;

    /** @param refusals counts refused questions, of which a flood leaves one event in a minute */
    KeycloakEvents(KeycloakSession session, MinuteCount refusals) {
        this.session = session;
        this.refusals = refusals;
    }

    /** Keycloak writes its events into the current span, with user, address and all details. */
    @Override
    public void onEvent(AssentEvent event) {
        Traces.unseen(() -> tell(event));
    }

    private void tell(AssentEvent event) {
        if (event instanceof Asked asked) {
            action("asked", asked.request()).ifPresent(EventBuilder::success);
        } else if (event instanceof AskRefused refused) {
            tell(refused);
        } else if (event instanceof Opened opened) {
            action("opened", opened.request())
                    .map(builder -> by(builder, opened.reader()))
                    .ifPresent(EventBuilder::success);
        } else if (event instanceof Decided decided) {
            tell(decided);
        } else if (event instanceof DecisionRefused refused) {
            tell(refused);
        } else if (event instanceof Reported reported) {
            of(EventType.GRANT_CONSENT, reported.request())
                    .map(builder -> by(builder, reported.reporter()))
                    .ifPresent(builder -> builder.detail(EventDetails.EVENT, "reported")
                            .storeImmediately(false)
                            .error("reported_by_user"));
        } else if (event instanceof Expired expired) {
            action("expired", expired.request()).ifPresent(EventBuilder::success);
        } else if (event instanceof ConsentEvent.Narrowed narrowed) {
            consent(EventType.UPDATE_CONSENT, "narrowed", narrowed.consent(), narrowed.by())
                    .map(builder -> builder.detail(
                            EventDetails.GRANTED,
                            narrowed.consent().names().stream().sorted()))
                    .ifPresent(EventBuilder::success);
        } else if (event instanceof ConsentEvent.Changed changed) {
            consent(EventType.UPDATE_CONSENT, "changed", changed.consent(), Actor.SYSTEM)
                    .map(builder -> builder.detail(
                            EventDetails.GRANTED,
                            changed.consent().names().stream().sorted()))
                    .ifPresent(EventBuilder::success);
        } else if (event instanceof ConsentEvent.Ended ended) {
            consent(EventType.REVOKE_GRANT, "ended", ended.consent(), ended.by())
                    .ifPresent(EventBuilder::success);
        } else if (event instanceof BlockEvent block) {
            of(
                            EventType.UPDATE_CONSENT,
                            block.parties().customer(),
                            block.parties().clientId())
                    .map(builder -> builder.detail(
                            EventDetails.EVENT, block instanceof BlockEvent.Blocked ? "blocked" : "unblocked"))
                    .ifPresent(EventBuilder::success);
        } else if (event instanceof PartnerEvent partner) {
            tell(partner);
        } else if (event instanceof PushEvent.Sent sent) {
            tell(sent);
        } else if (event instanceof DeviceEvent ofDevice) {
            tell(ofDevice);
        } else if (event instanceof UserCodeEvent ofUserCode) {
            tell(ofUserCode);
        } else if (event instanceof LinkEvent.Claimed claimed) {
            of(
                            EventType.CUSTOM_REQUIRED_ACTION,
                            claimed.parties().customer(),
                            claimed.parties().clientId())
                    .map(builder -> builder.session(claimed.sessionId())
                            .detail(EventDetails.EVENT, "link-claimed")
                            .detail(Details.CUSTOM_REQUIRED_ACTION, REQUIRED_ACTION))
                    .ifPresent(EventBuilder::success);
        } else if (event instanceof LinkEvent.Suspected suspected) {
            tell(suspected);
        }
    }

    /** The first one of a reason, a client and a customer in each minute. */
    private void tell(AskRefused refused) {
        String what = refused.parties() + " " + refused.reason();
        if (refusals.next(what, ServerTime.now()) == 1) {
            of(
                            EventType.CUSTOM_REQUIRED_ACTION,
                            refused.parties().customer(),
                            refused.parties().clientId())
                    .ifPresent(builder -> builder.detail(EventDetails.EVENT, "ask-refused")
                            .detail(Details.CUSTOM_REQUIRED_ACTION, REQUIRED_ACTION)
                            .detail(EventDetails.JOURNEY, refused.journey().name())
                            .error(refused.reason().name().toLowerCase(Locale.ROOT)));
        }
    }

    private void tell(Decided decided) {
        of(EventType.GRANT_CONSENT, decided.request())
                .map(builder -> by(builder, decided.decider()))
                .ifPresent(builder -> {
                    if (decided.request().decision().approved()) {
                        builder.detail(EventDetails.EVENT, "approved")
                                .detail(
                                        EventDetails.GRANTED,
                                        decided.request().decision().granted().stream()
                                                .sorted())
                                .success();
                    } else {
                        builder.detail(EventDetails.EVENT, "denied")
                                .storeImmediately(false)
                                .error(Errors.REJECTED_BY_USER);
                    }
                });
    }

    private void tell(DecisionRefused refused) {
        of(EventType.GRANT_CONSENT, refused.customer(), refused.clientId())
                .map(builder -> by(builder, refused.decider()))
                .ifPresent(builder -> builder.detail(EventDetails.EVENT, "decision-refused")
                        .detail(EventDetails.REQUEST_ID, refused.requestId())
                        .error(error(refused.reason())));
    }

    /** The names of the API's problems, as Keycloak spells errors. */
    private static String error(Reason reason) {
        return switch (reason) {
            case FOREIGN -> "not_found";
            case OWN_CLIENT -> "own_client";
            case IMPERSONATED -> "impersonated_session";
            case OFFLINE -> "offline_session";
            case LOCKED_OUT -> "customer_locked_out";
            case CUSTOMER_DISABLED -> "customer_disabled";
            case CLIENT_DISABLED -> "client_disabled";
            case WEAK_LOGIN -> "insufficient_user_authentication";
            case LATE -> "expired";
            case CONTRADICTING -> "already_decided";
            case INVALID_SELECTION -> "invalid_selection";
            case ACCOUNTS_UNAVAILABLE -> "accounts_unavailable";
            case UNSIGNED -> "signature_required";
            case INVALID_SIGNATURE -> "invalid_signature";
            case CONTENT_CHANGED -> "content_changed";
            case NUMBER_REQUIRED -> "number_required";
            case WRONG_NUMBER -> "wrong_number";
            case OVER_THE_LIMIT -> "too_many_calls";
        };
    }

    private void tell(DeviceEvent event) {
        if (event instanceof DeviceEvent.Registered registered) {
            device(EventType.UPDATE_CREDENTIAL, "device-registered", event)
                    .map(builder -> builder.session(registered.sessionId())
                            .detail(EventDetails.PLATFORM, registered.platform()))
                    .ifPresent(EventBuilder::success);
        } else if (event instanceof DeviceEvent.RegisteredAgain again) {
            device(EventType.UPDATE_CREDENTIAL, "device-registered-again", event)
                    .map(builder -> builder.session(again.sessionId())
                            .detail(EventDetails.PLATFORM, again.platform())
                            .detail(EventDetails.DEVICE_KEY, again.newKey().orElse(null)))
                    .ifPresent(EventBuilder::success);
        } else if (event instanceof DeviceEvent.Refused refused) {
            device(EventType.UPDATE_CREDENTIAL, "device-refused", event)
                    .map(builder -> builder.session(refused.sessionId()))
                    .ifPresent(builder -> builder.error("device_proof_required"));
        } else if (event instanceof DeviceEvent.Proved proved) {
            device(EventType.UPDATE_CREDENTIAL, "device-proved", event)
                    .map(builder -> builder.detail(EventDetails.PLATFORM, proved.platform()))
                    .ifPresent(EventBuilder::success);
        } else if (event instanceof DeviceEvent.Moved moved) {
            device(EventType.REMOVE_CREDENTIAL, "device-moved", event)
                    .map(builder -> builder.detail(EventDetails.PLATFORM, moved.platform()))
                    .ifPresent(EventBuilder::success);
        } else if (event instanceof DeviceEvent.Disabled disabled) {
            device(EventType.UPDATE_CREDENTIAL, "device-disabled", event)
                    .map(builder -> builder.detail(EventDetails.PLATFORM, disabled.platform()))
                    .ifPresent(EventBuilder::success);
        } else if (event instanceof DeviceEvent.Removed removed) {
            device(EventType.REMOVE_CREDENTIAL, "device-removed", event)
                    .map(builder -> builder.session(removed.sessionId()))
                    .ifPresent(EventBuilder::success);
        } else if (event instanceof DeviceEvent.Lost) {
            device(EventType.REMOVE_CREDENTIAL, "device-lost", event).ifPresent(EventBuilder::success);
        }
    }

    private void tell(UserCodeEvent event) {
        boolean set = event instanceof UserCodeEvent.Set;
        of(set ? EventType.UPDATE_CREDENTIAL : EventType.REMOVE_CREDENTIAL, event.customer(), null)
                .map(builder -> builder.detail(EventDetails.EVENT, set ? "user-code-set" : "user-code-removed")
                        .detail(Details.CREDENTIAL_TYPE, UserCodes.TYPE)
                        .session(event.sessionId()))
                .ifPresent(EventBuilder::success);
    }

    /** For who looks after fraud: stored whatever becomes of the transaction. */
    private void tell(LinkEvent.Suspected suspected) {
        of(
                        EventType.GRANT_CONSENT,
                        suspected.parties().customer(),
                        suspected.parties().clientId())
                .ifPresent(builder -> builder.detail(EventDetails.EVENT, "link-suspected")
                        .detail(EventDetails.REQUEST_ID, suspected.requestId())
                        .error(
                                switch (suspected.why()) {
                                    case NUMBER -> "wrong_number";
                                    case DIGITS -> "wrong_digits";
                                }));
    }

    private void tell(PartnerEvent event) {
        boolean connected = event instanceof PartnerEvent.Connected;
        PartnerAccess access = event.access();
        of(
                        connected ? EventType.UPDATE_CONSENT : EventType.REVOKE_GRANT,
                        access.parties().customer(),
                        access.parties().clientId())
                .map(builder -> builder.detail(EventDetails.EVENT, connected ? "partner-connected" : "partner-ended")
                        .detail(EventDetails.PARTNER_ACCESS_ID, access.id())
                        .detail(EventDetails.PAIR_ID, access.parties().pairId())
                        .detail(Details.IDENTITY_PROVIDER, access.alias())
                        .detail(EventDetails.GRANTED, access.granted().stream().sorted())
                        .detail(
                                EventDetails.BY,
                                access.findEnd()
                                        .map(end -> end.by().name().toLowerCase(Locale.ROOT))
                                        .orElse("customer")))
                .ifPresent(EventBuilder::success);
    }

    private Optional<EventBuilder> consent(EventType type, String name, Consent consent, Actor by) {
        return of(type, consent.parties().customer(), consent.parties().clientId())
                .map(builder -> builder.detail(EventDetails.EVENT, name)
                        .detail(EventDetails.CONSENT_ID, consent.id())
                        .detail(EventDetails.PAIR_ID, consent.parties().pairId())
                        .detail(EventDetails.REQUEST_ID, consent.requestId())
                        .detail(EventDetails.BY, by.name().toLowerCase(Locale.ROOT)));
    }

    private void tell(PushEvent.Sent sent) {
        of(
                        EventType.CUSTOM_REQUIRED_ACTION,
                        sent.parties().customer(),
                        sent.parties().clientId())
                .map(builder -> builder.detail(EventDetails.EVENT, "pushed")
                        .detail(Details.CUSTOM_REQUIRED_ACTION, REQUIRED_ACTION)
                        .detail(EventDetails.REQUEST_ID, sent.requestId())
                        .detail(EventDetails.DEVICE_ID, sent.deviceId()))
                .ifPresent(EventBuilder::success);
    }

    private Optional<EventBuilder> device(EventType type, String name, DeviceEvent event) {
        return of(type, event.customer(), null).map(builder -> builder.detail(EventDetails.EVENT, name)
                .detail(Details.CREDENTIAL_TYPE, CREDENTIAL_TYPE)
                .detail(EventDetails.DEVICE_ID, event.deviceId()));
    }

    private Optional<EventBuilder> action(String name, ConsentRequest request) {
        return of(EventType.CUSTOM_REQUIRED_ACTION, request).map(builder -> builder.detail(EventDetails.EVENT, name)
                .detail(Details.CUSTOM_REQUIRED_ACTION, REQUIRED_ACTION));
    }

    private Optional<EventBuilder> of(EventType type, ConsentRequest request) {
        return of(type, request.parties().customer(), request.parties().clientId())
                .map(builder -> builder.detail(EventDetails.REQUEST_ID, request.id())
                        .detail(EventDetails.JOURNEY, request.journey().name())
                        .detail(EventDetails.PERMISSIONS, request.permissions().asked()));
    }

    /** Empty where the realm is gone. */
    private Optional<EventBuilder> of(EventType type, Customer customer, String clientId) {
        return Optional.ofNullable(session.realms().getRealm(customer.realmId()))
                .map(realm -> new EventBuilder(
                                realm, session, session.getContext().getConnection())
                        .event(type)
                        .client(clientId(realm, clientId))
                        .user(customer.userId()));
    }

    private EventBuilder by(EventBuilder builder, Responder responder) {
        return builder.session(responder.sessionId())
                .detail(EventDetails.DEVICE_ID, responder.deviceId())
                .detail(EventDetails.APP, clientId(session.getContext().getRealm(), responder.clientId()));
    }

    /** The OAuth {@code client_id}; {@code null} where there is none, or it is gone. */
    private static String clientId(RealmModel realm, String internalId) {
        ClientModel client = internalId == null ? null : realm.getClientById(internalId);
        return client == null ? null : client.getClientId();
    }
}
