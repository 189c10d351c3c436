package io.assent.partner.end;

import io.assent.outbox.DeliveryHandler;
import io.assent.outbox.DeliveryHandler.Sent;
import io.assent.outbox.DeliveryResult;
import io.assent.outbox.http.RetryAfter;
import io.assent.partner.provider.PartnerAnswer;
import io.assent.partner.provider.PartnerCall;
import io.assent.partner.revocation.RevocationStore;
import io.assent.server.ServerTime;
import java.io.IOException;
import java.util.Optional;

/**
 * One revocation request (RFC 7009, section 2.1). A token that the partner does not know is revoked as well (section
 * 2.2).
 */
final class RevocationAttempt implements DeliveryHandler.Attempt {

    /** The one refusal that stays (section 2.2.1). */
    private static final String UNSUPPORTED = "unsupported_token_type";

    private final String peer;
    private final String id;
    private final PartnerCall call;

    RevocationAttempt(String peer, String id, PartnerCall call) {
        this.peer = peer;
        this.id = id;
        this.call = call;
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
        return new Sent(
                result, Optional.of(session -> RevocationStore.of(session).remove(id)));
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
