package io.assent.request;

import io.assent.detail.Details;
import io.assent.evidence.Circumstances.Question;
import io.assent.id.OrderedId;
import io.assent.permission.RequestedPermissions;
import io.assent.server.Base64Url;
import io.assent.server.Parties;
import io.assent.server.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One question to one customer: may this client do this with your account?
 *
 * <p>An immutable view of a stored row. It changes only through {@link ConsentRequests}.
 *
 * @param id the id that the bank's app sees; a UUID that says when it was asked, and nothing about the protocol behind
 *     it
 * @param parties who is asked, by which client, in which realm
 * @param journey how the question came and what it is called there
 * @param content what is asked
 * @param challenge what has to come back in a signed answer: {@value #CHALLENGE_BYTES} random bytes in base64url, or
 *     {@code null} for a request from before answers were signed
 * @param status what the row says; see {@link #expired} for what the clock says
 * @param createdAt when the question was asked
 * @param expiresAt the first moment at which it can be neither answered nor redeemed any more
 * @param openedAt when the app read it first, or {@code null}
 * @param decision the customer's answer, or {@code null} while there is none
 */
public record ConsentRequest(
        String id,
        Parties parties,
        Journey journey,
        Content content,
        String challenge,
        ConsentRequestStatus status,
        Instant createdAt,
        Instant expiresAt,
        Instant openedAt,
        RecordedDecision decision) {

    /** The largest number of characters in {@link #bindingMessage}. */
    public static final int MAX_BINDING_MESSAGE = 255;

    private static final int CHALLENGE_BYTES = 32;

    /** How long a client's question can be answered, at the most. */
    public static final Duration LONGEST_LIFE = Duration.ofDays(1);

    /** How long a browser has to go on after a yes in the app, at the least. */
    public static final Duration TO_GO_ON = Duration.ofMinutes(2);

    /** How long one can be answered that the bank puts by itself, at the most: no vendor keeps a push for longer. */
    public static final Duration LONGEST_AMENDMENT = Duration.ofDays(28);

    public ConsentRequest {
        Objects.requireNonNull(id);
        Objects.requireNonNull(parties);
        Objects.requireNonNull(journey);
        Objects.requireNonNull(content);
        Objects.requireNonNull(status);
        Objects.requireNonNull(createdAt);
        Objects.requireNonNull(expiresAt);
        if (status == ConsentRequestStatus.PENDING != (decision == null)) {
            throw new IllegalArgumentException("a request has a decision exactly when it is no longer pending");
        }
    }

    /** Its place in a list, which never changes. */
    public Position position() {
        return new Position(createdAt, id);
    }

    /** A new question, pending, with an id of its own. */
    public static ConsentRequest pending(
            Parties parties, Journey journey, Content content, Instant createdAt, Instant expiresAt) {
        return new ConsentRequest(
                OrderedId.next(),
                parties,
                journey,
                content,
                Base64Url.random(CHALLENGE_BYTES),
                ConsentRequestStatus.PENDING,
                createdAt,
                expiresAt,
                null,
                null);
    }

    /** This request, which is pending, with the customer's answer. */
    public ConsentRequest decided(RecordedDecision answer) {
        if (status != ConsentRequestStatus.PENDING) {
            throw new IllegalStateException("a request is answered once");
        }
        return new ConsentRequest(
                id,
                parties,
                journey,
                content,
                challenge,
                answer.approved() ? ConsentRequestStatus.APPROVED : ConsentRequestStatus.DENIED,
                createdAt,
                prolonged(answer).orElse(expiresAt),
                openedAt,
                answer);
    }

    /** Its later end once it is answered so: a browser that waits for a yes has time to go on by it. */
    public Optional<Instant> prolonged(RecordedDecision answer) {
        return Optional.of(answer.decidedAt().plus(TO_GO_ON))
                .filter(end -> answer.approved() && journey.is(Journey.APP_LINK) && end.isAfter(expiresAt));
    }

    /** This request, which was denied, with what the customer says about it. */
    ConsentRequest reported() {
        return new ConsentRequest(
                id,
                parties,
                journey,
                content,
                challenge,
                status,
                createdAt,
                expiresAt,
                openedAt,
                decision.asReported());
    }

    /** The whole OAuth {@code scope} that was asked for, space separated (RFC 6749, section 3.3). */
    public String scope() {
        return content.scope();
    }

    /** The part of the {@link #scope} that the customer decides about. */
    public RequestedPermissions permissions() {
        return content.permissions();
    }

    /** The authorization details that were asked for (RFC 9396). */
    public Details details() {
        return content.details();
    }

    /** What is shown on both devices (CIBA Core 1.0, section 7.1), or {@code null}. */
    public String bindingMessage() {
        return content.bindingMessage();
    }

    /** The values of {@code acr} that the client wants of the login that answers, the best first. */
    public List<String> acrValues() {
        return content.acrValues();
    }

    /** What is to be shown of it. */
    public Question question() {
        return new Question(parties.clientId(), permissions(), details(), bindingMessage());
    }

    /** Whether time ran out before the customer answered. A decided request is history and never expires. */
    public boolean expired(Instant now) {
        return status == ConsentRequestStatus.PENDING && lapsed(now);
    }

    /** Whether it can be answered. */
    public boolean isPending(Instant now) {
        return status == ConsentRequestStatus.PENDING && !lapsed(now);
    }

    /** Whether nothing can be done with the request any more, decided or not. */
    public boolean lapsed(Instant now) {
        return !now.isBefore(expiresAt);
    }

    public Optional<RecordedDecision> findDecision() {
        return Optional.ofNullable(decision);
    }

    /**
     * What a client asks a customer.
     *
     * @param scope the whole OAuth {@code scope}, space separated (RFC 6749, section 3.3)
     * @param permissions the part of {@code scope} that the customer decides about
     * @param details the authorization details (RFC 9396)
     * @param bindingMessage shown on both devices (CIBA Core 1.0, section 7.1), or {@code null}
     * @param acrValues the values of {@code acr} that the client wants of the login that answers, the best first
     * @param grantChange what a yes makes of a grant from before, such as {@code merge} and its id; {@code null} where
     *     what is granted stands beside it, and where that is kept elsewhere
     */
    public record Content(
            String scope,
            RequestedPermissions permissions,
            Details details,
            String bindingMessage,
            List<String> acrValues,
            String grantChange) {
        public Content {
            Objects.requireNonNull(scope);
            Objects.requireNonNull(permissions);
            Objects.requireNonNull(details);
            acrValues = List.copyOf(acrValues);
        }

        /** Of what changes no grant. */
        public Content(
                String scope,
                RequestedPermissions permissions,
                Details details,
                String bindingMessage,
                List<String> acrValues) {
            this(scope, permissions, details, bindingMessage, acrValues, null);
        }
    }

    /**
     * How a question reached us.
     *
     * @param name {@value #CIBA}, {@value #REDIRECT}, {@value #APP_LINK} or {@value #AMENDMENT}
     * @param reference what that journey calls the request; never leaves the server
     */
    public record Journey(String name, String reference) {
        /** The client asked at the backchannel (CIBA Core 1.0), and the customer answers in the bank's app. */
        public static final String CIBA = "ciba";

        /** The client sent a browser (OpenID Connect Core 1.0, section 3.1), in which the customer answers. */
        public static final String REDIRECT = "redirect";

        /** The client sent a browser, and the customer answers in the bank's app, by a link that the browser shows. */
        public static final String APP_LINK = "app-link";

        /** The bank asks for what belongs to a permission since: the customer answers in its app, or never. */
        public static final String AMENDMENT = "amendment";

        public Journey {
            Objects.requireNonNull(name);
            Objects.requireNonNull(reference);
        }

        /** Whether it is this kind of journey, such as {@link #CIBA}. */
        public boolean is(String kind) {
            return name.equals(kind);
        }
    }
}
