package io.assent.ciba.request;

import io.assent.claim.ClaimSet;
import io.assent.claim.ClaimsFlaw;
import io.assent.claim.ClaimsParameter;
import io.assent.claim.ClaimsReading;
import io.assent.detail.DetailFlaw;
import io.assent.detail.DetailReading;
import io.assent.detail.Details;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a client asks of the backchannel (CIBA Core 1.0, section 7.1), as far as the stock code does not read it, or not
 * rightly.
 *
 * @param bindingMessage shown on both devices
 * @param requestedExpiry for how long the client wants to wait
 * @param acrValues the values of {@code acr} that the client wants, the best first
 * @param userCode what the customer told the client, so that it may ask
 * @param details what is asked for beside the scope; none where the client sent none
 * @param claims which claims are asked for (OpenID Connect Core 1.0, section 5.5)
 */
public record BackchannelRequest(
        Hint hint,
        Optional<String> bindingMessage,
        Optional<Duration> requestedExpiry,
        List<String> acrValues,
        Optional<String> userCode,
        Details details,
        ClaimSet claims)
        implements Reading {

    /** The shortest life that is worth a push. */
    static final Duration SHORTEST_EXPIRY = Duration.ofSeconds(30);

    /** The largest number of characters of {@code acr_values}. */
    static final int MAX_ACR_VALUES = 255;

    /** The largest number of characters of {@code user_code}: no customer can set one that is longer. */
    static final int MAX_USER_CODE = 64;

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
    private static final Pattern ACR_VALUES = Pattern.compile("[\\x21-\\x7e]+( [\\x21-\\x7e]+)*");

    /** What would mean something, and is not done: silence would be taken for a yes. */
    private static final Set<String> UNSUPPORTED = Set.of("request_uri");

    private static final List<String> HINTS = List.of("login_hint", "id_token_hint", "login_hint_token");
    private static final List<String> TEXTS = Stream.concat(
                    HINTS.stream(),
                    Stream.of(
                            "scope",
                            "binding_message",
                            "requested_expiry",
                            "acr_values",
                            "user_code",
                            "client_notification_token"))
            .toList();

    public BackchannelRequest {
        Objects.requireNonNull(hint);
        Objects.requireNonNull(bindingMessage);
        Objects.requireNonNull(requestedExpiry);
        Objects.requireNonNull(userCode);
        Objects.requireNonNull(details);
        Objects.requireNonNull(claims);
        acrValues = List.copyOf(acrValues);
    }

    /** @param details reads what the client sent as {@code authorization_details} */
    static Reading read(SentParameters sent, Function<String, DetailReading> details) {
        if (sent.saysMoreThanIsSigned()) {
            return Refusal.invalidRequest("Send all parameters within the signed request");
        }
        Optional<String> unsupported = UNSUPPORTED.stream().filter(sent::has).findFirst();
        if (unsupported.isPresent()) {
            return Refusal.invalidRequest(unsupported.get() + " is not supported");
        }
        Optional<String> misshapen = TEXTS.stream().filter(sent::isMisshapen).findFirst();
        if (misshapen.isPresent()) {
            return Refusal.invalidRequest(misshapen.get() + " is not a text");
        }
        if (HINTS.stream().map(sent::value).flatMap(Optional::stream).count() != 1) {
            return Refusal.invalidRequest("Send one of login_hint, id_token_hint and login_hint_token");
        }
        return scopeFlaw(sent).<Reading>map(refused -> refused).orElseGet(() -> readOptional(sent, details));
    }

    private static Optional<Refusal> scopeFlaw(SentParameters sent) {
        Optional<String> scope = sent.value("scope");
        if (scope.isEmpty()) {
            return Optional.of(Refusal.invalidRequest("scope is missing"));
        }
        return Arrays.asList(scope.get().split(" ")).contains("openid")
                ? Optional.empty()
                : Optional.of(Refusal.invalidScope("scope must contain openid"));
    }

    private static Reading readOptional(SentParameters sent, Function<String, DetailReading> details) {
        Optional<String> message = sent.value("binding_message");
        Optional<String> text = message.flatMap(MessageText::of).map(MessageText::value);
        if (message.isPresent() && text.isEmpty()) {
            return Refusal.invalidBindingMessage("binding_message must be printable text of one line, of at most "
                    + MessageText.MAX_LENGTH + " characters");
        }
        Optional<String> expiry = sent.value("requested_expiry");
        Optional<Duration> duration = expiry.flatMap(BackchannelRequest::seconds);
        if (expiry.isPresent() && duration.isEmpty()) {
            return Refusal.invalidRequest("requested_expiry must be a positive number of seconds");
        }
        Optional<String> acr = sent.value("acr_values").map(String::strip);
        if (acr.filter(values -> values.length() > MAX_ACR_VALUES).isPresent()) {
            return Refusal.invalidRequest("acr_values is too long: it has more than " + MAX_ACR_VALUES + " characters");
        }
        if (acr.filter(values -> !ACR_VALUES.matcher(values).matches()).isPresent()) {
            return Refusal.invalidRequest("acr_values must be a list with single spaces between the values");
        }
        Optional<String> userCode = sent.value("user_code");
        if (userCode.filter(code -> code.length() > MAX_USER_CODE).isPresent()) {
            return new Refusal(Refusal.INVALID_USER_CODE, "user_code has more than " + MAX_USER_CODE + " characters");
        }
        DetailReading read = sent.json(Details.PARAMETER).map(details).orElse(Details.NONE);
        if (read instanceof DetailFlaw flaw) {
            return new Refusal(DetailFlaw.ERROR, flaw.description());
        }
        Optional<String> asked = sent.json(ClaimsParameter.NAME);
        ClaimsReading claims = asked.map(ClaimsParameter::read).orElse(ClaimSet.NONE);
        Optional<ClaimsFlaw> wrong = claims instanceof ClaimsFlaw flaw
                ? Optional.of(flaw)
                : asked.flatMap(json -> ClaimsParameter.flawOfAcr(json, false));
        if (wrong.isPresent()) {
            return Refusal.invalidRequest(wrong.get().description());
        }
        return new BackchannelRequest(
                hint(sent),
                text,
                duration,
                acr.map(values -> Stream.of(values.split(" ")).distinct().toList())
                        .orElseGet(List::of),
                userCode,
                (Details) read,
                (ClaimSet) claims);
    }

    private static Optional<Duration> seconds(String value) {
        return Optional.of(value)
                .filter(text -> SECONDS.matcher(text).matches())
                .map(Long::parseLong)
                .filter(seconds -> seconds > 0)
                .map(Duration::ofSeconds);
    }

    private static Hint hint(SentParameters sent) {
        return sent.value("login_hint")
                .<Hint>map(Hint.Login::new)
                .or(() -> sent.value("id_token_hint").map(Hint.IdToken::new))
                .or(() -> sent.value("login_hint_token").map(Hint.LoginToken::new))
                .orElseThrow(() -> new IllegalStateException("one hint was counted"));
    }

    /**
     * How long the request lives: as long as the client wants, within bounds.
     *
     * @param usual where the client says nothing
     * @param longest what a client may want at the most
     */
    public Duration expiry(Duration usual, Duration longest) {
        return requestedExpiry
                .map(wanted -> wanted.compareTo(longest) > 0 ? longest : wanted)
                .map(wanted -> wanted.compareTo(SHORTEST_EXPIRY) < 0 ? SHORTEST_EXPIRY : wanted)
                .orElse(usual);
    }
}
