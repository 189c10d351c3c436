package io.assent.rest.app;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.assent.confirmation.Confirmations;
import io.assent.consent.Consent;
import io.assent.consent.ConsentRecord;
import io.assent.consent.ConsentStatus;
import io.assent.detail.ShownDetail;
import io.assent.passkey.PasskeyPrompt;
import io.assent.permission.PermissionGroup;
import io.assent.permission.RequestingClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A consent as the API shows it. */
@JsonInclude
record ConsentView(
        String id,
        String status,
        boolean oneTime,
        String requestId,
        String pairId,
        RequestView.Client client,
        List<RequestView.Group> groups,
        List<DetailView.Granted> details,
        String language,
        String contentHash,
        String challenge,
        String signatureRequired,
        Passkey passkey,
        String grantedAt,
        String validUntil,
        String confirmedAt,
        String confirmBy,
        String lastUsedAt,
        String endedAt,
        String endedBy,
        List<Event> history) {

    /**
     * @param client who it was granted to, or {@code null} where the client is gone
     * @param details what it grants, as it is to be shown
     * @param asked what the customer is asked who is to confirm it; empty in a list, and where it can't be confirmed
     * @param history what happened to it, or {@code null} in a list
     */
    static ConsentView of(
            Consent consent,
            RequestingClient client,
            List<PermissionGroup> groups,
            List<ShownDetail> details,
            Optional<Asked> asked,
            List<ConsentRecord> history,
            Instant now) {
        return new ConsentView(
                consent.id(),
                status(consent, now),
                consent.isOneTime(),
                consent.requestId(),
                consent.parties().pairId(),
                client == null ? null : RequestView.Client.of(client),
                groups.stream().map(RequestView.Group::of).toList(),
                details.stream().map(DetailView.Granted::of).toList(),
                asked.map(Asked::language).orElse(null),
                asked.map(Asked::contentHash).orElse(null),
                asked.map(question -> question.question().challenge()).orElse(null),
                asked.map(question -> question.question().demand().word()).orElse(null),
                asked.flatMap(Asked::passkey).map(Passkey::of).orElse(null),
                consent.grantedAt().toString(),
                text(consent.validUntil()),
                text(consent.term().confirmedAt()),
                text(consent.term().confirmBy()),
                text(consent.lastUsedAt()),
                consent.findEnd().map(end -> end.at().toString()).orElse(null),
                consent.findEnd().map(end -> word(end.by())).orElse(null),
                history == null ? null : history.stream().map(Event::of).toList());
    }

    /** By the clock, whether or not housekeeping has come by. */
    private static String status(Consent consent, Instant now) {
        if (consent.status().isLive() && consent.isOver(now)) {
            return word(ConsentStatus.EXPIRED);
        }
        return word(consent.isSuspended(now) ? ConsentStatus.SUSPENDED : consent.status());
    }

    private static String text(Instant time) {
        return time == null ? null : time.toString();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /**
     * What the customer is asked who is to confirm it.
     *
     * @param passkey what the browser is asked for it with, where the customer has one and it is needed
     */
    record Asked(
            String language, String contentHash, Confirmations.Question question, Optional<PasskeyPrompt> passkey) {}

    /** What the account console asks the browser for; see {@link PasskeyPrompt}. */
    @JsonInclude
    record Passkey(String rpId, List<String> credentialIds, String userVerification, Long timeout) {

        static Passkey of(PasskeyPrompt prompt) {
            return new Passkey(
                    prompt.rpId(),
                    prompt.credentialIds(),
                    prompt.userVerification(),
                    prompt.timeout().map(Duration::toMillis).orElse(null));
        }
    }

    /** A page of a list. */
    @JsonInclude
    record Listed(List<ConsentView> consents, String next) {}

    /** One line of the history. */
    @JsonInclude
    record Event(
            String type,
            String by,
            String at,
            List<String> grantedScopes,
            @JsonRawValue String grantedDetails) {

        static Event of(ConsentRecord event) {
            return new Event(
                    word(event.type()),
                    word(event.by()),
                    event.at().toString(),
                    event.permissions().stream().sorted().toList(),
                    event.details().json());
        }
    }
}
