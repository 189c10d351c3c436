package io.assent.partner.end;

import io.assent.outbox.DeliveryHandler;
import io.assent.outbox.DeliveryHandler.Sent;
import io.assent.outbox.DeliveryResult;
import io.assent.outbox.http.RetryAfter;
import io.assent.partner.provider.PartnerAnswer;
import io.assent.partner.provider.PartnerCall;
import io.assent.server.ServerTime;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.keycloak.models.KeycloakSession;

/**
 * One revocation request (RFC 7009, section 2.1). A token that the partner does not know is revoked as well (section
 * 2.2).
 */
final class RevocationAttempt implements DeliveryHandler.Attempt {

    /** The one refusal that stays (section 2.2.1). */
    private static final String UNSUPPORTED = "unsupported_token_type";

    private final String peer;
    private final PartnerCall call;
    private final Consumer<KeycloakSession> settlement;

    /** @param settlement what is done with it, unless it is tried again */
    RevocationAttempt(String peer, PartnerCall call, Consumer<KeycloakSession> settlement) {
        this.peer = peer;
        this.call = call;
        this.settlement = settlement;
    }

    @Override
    public String peer() {
        return peer;
    }

    @Override
    public Sent send() {
        try {
            return sent(result(call.send()));
        } catch (IOException e) {
            return sent(DeliveryResult.RetryLater.because(e.getClass().getSimpleName()));
        }
    }

    private Sent sent(DeliveryResult result) {
        return new Sent(result, Optional.of(settlement));
    }

    /**
     * With a refusal the only copy of the token goes. So whatever somebody may mend is worth another attempt: a secret
     * that was renewed ({@code invalid_client} with 400), an endpoint that is away for a while (404).
     */
    static DeliveryResult result(PartnerAnswer answer) {
        if (answer.isSuccess()) {
            return new DeliveryResult.Delivered();
        }
        return answer.saysError(UNSUPPORTED)
                ? new DeliveryResult.Refused(UNSUPPORTED)
                : new DeliveryResult.RetryLater(
                        RetryAfter.parse(answer.retryAfter(), ServerTime.now()), "HTTP " + answer.status());
    }
}
