package io.assent.request;

import io.assent.authority.Objection;
import io.assent.block.Blocks;
import io.assent.claim.ClaimLimits;
import io.assent.detail.DetailSelection;
import io.assent.detail.Details;
import io.assent.evidence.Circumstances;
import io.assent.evidence.Circumstances.Presence;
import io.assent.evidence.Evidence;
import io.assent.evidence.KeptSignature;
import io.assent.evidence.ShownContent;
import io.assent.link.NumberResult;
import io.assent.permission.RequestedPermissions;
import io.assent.permission.RequestedPermissions.Selection;
import io.assent.permission.change.Changes;
import io.assent.request.ConsentRequest.Journey;
import io.assent.request.ConsentRequestEvent.AmendmentApproved;
import io.assent.request.ConsentRequestEvent.Decided;
import io.assent.request.ConsentRequestEvent.DecisionRefused;
import io.assent.request.ConsentRequestEvent.Reason;
import io.assent.request.ConsentRequestEvent.Reported;
import io.assent.request.ConsentRequestEvent.Withdrawn;
import io.assent.rules.SignatureDemand;
import io.assent.server.Customer;
import io.assent.server.Parties;
import io.assent.signature.Act;
import io.assent.signature.Approval;
import io.assent.signature.DecisionSignature;
import io.assent.signature.SignatureVerdict;
import io.assent.signature.Signing;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** How a customer answers, and takes an answer back: the part of {@link ConsentRequests} that is the customer's. */
final class Answers {

    private final ConsentRequestStore store;
    private final Blocks blocks;
    private final InstantSource clock;
    private final ConsentRequests.Gate gate;
    private final ConsentRequests.Choice details;
    private final Signing signing;
    private final ConsentRequests.Sight sight;
    private final Consumer<Parties> lock;
    private final ConsentRequests.Grants grants;
    private final Consumer<ConsentRequestEvent> events;

    /** Each as {@link ConsentRequests} has it. */
    Answers(
            ConsentRequestStore store,
            Blocks blocks,
            InstantSource clock,
            ConsentRequests.Gate gate,
            ConsentRequests.Choice details,
            Signing signing,
            ConsentRequests.Sight sight,
            Consumer<Parties> lock,
            ConsentRequests.Grants grants,
            Consumer<ConsentRequestEvent> events) {
        this.store = store;
        this.blocks = blocks;
        this.clock = clock;
        this.gate = gate;
        this.details = details;
        this.signing = signing;
        this.sight = sight;
        this.lock = lock;
        this.grants = grants;
        this.events = events;
    }

    /** @param found is told of the request before anything is looked at or changed */
    DecisionResult decide(
            Customer customer, String id, Decision decision, Responder decider, Consumer<ConsentRequest> found) {
        ConsentRequest request = store.find(customer, id).orElse(null);
        Optional.ofNullable(request).ifPresent(found);
        DecisionResult result =
                request == null ? new DecisionResult.NotFound() : decide(customer, request, decision, decider);
        refusal(result)
                .ifPresent(reason -> events.accept(new DecisionRefused(
                        customer, id, request == null ? null : request.parties().clientId(), decider, reason)));
        return result;
    }

    void lock(Parties parties) {
        lock.accept(parties);
    }

    Optional<ConsentRequest> hold(Parties parties, String id) {
        lock(parties);
        return store.hold(parties.customer(), id)
                .filter(request -> request.parties().equals(parties));
    }

    boolean takesDenial(Customer customer, String id) {
        return store.find(customer, id)
                .filter(request ->
                        request.status() == ConsentRequestStatus.DENIED || request.isPending(clock.instant()))
                .isPresent();
    }

    void refuseOverTheLimit(Customer customer, String id, Responder decider) {
        events.accept(new DecisionRefused(customer, id, null, decider, Reason.OVER_THE_LIMIT));
    }

    private DecisionResult decide(Customer customer, ConsentRequest request, Decision decision, Responder decider) {
        if (isOwn(request, decider)) {
            return new DecisionResult.OwnClient();
        }
        if (request.status() != ConsentRequestStatus.PENDING) {
            return compare(request, decision, decider);
        }
        Instant now = clock.instant();
        if (request.lapsed(now)) {
            return new DecisionResult.Expired();
        }
        Optional<Objection> objection = gate.toAnswer(request, decision, decider);
        if (objection.isPresent()) {
            return new DecisionResult.Refused(objection.get());
        }
        Selection selection = selection(request, decision);
        if (selection instanceof Selection.Refused refused) {
            return new DecisionResult.InvalidSelection(refused);
        }
        DetailSelection details = details(request, decision);
        if (details instanceof DetailSelection.Refused refused) {
            return new DecisionResult.InvalidDetails(refused.reason());
        }
        if (details instanceof DetailSelection.Unavailable) {
            return new DecisionResult.AccountsUnavailable();
        }
        Optional<DecisionResult> unseen = decision instanceof Decision.Approve approve
                ? unseen(request, approve, decider, now)
                : Optional.empty();
        if (unseen.isPresent()) {
            return unseen.get();
        }
        Set<String> granted = ((Selection.Granted) selection).permissions();
        Details grantedDetails = ((DetailSelection.Granted) details).details();
        Optional<ShownContent> shown = decider.circumstances().display().of(request.question());
        SignatureVerdict signature = decision instanceof Decision.Approve approve
                ? signature(request, approve, granted, grantedDetails, shown, decider, now)
                : new SignatureVerdict.Unsigned();
        Optional<DecisionResult> unsigned = refused(signature);
        if (unsigned.isPresent()) {
            return unsigned.get();
        }
        Optional<SignatureVerdict.Signed> signed = signed(signature);
        RecordedDecision answer = new RecordedDecision(
                decision instanceof Decision.Approve,
                granted,
                grantedDetails,
                now,
                signed.map(SignatureVerdict.Signed::deviceId).orElse(decider.deviceId()),
                evidence(request, decider, shown, signed.map(SignatureVerdict.Signed::kept)),
                reports(request, decision));
        boolean amends = request.journey().is(Journey.AMENDMENT);
        // a no to what the bank wants to add is no word on what was granted
        RequestedPermissions refused =
                request.permissions().without(amends ? request.permissions().asked() : answer.granted());
        // before any row is changed: what comes of the answer in this transaction takes it, too
        if (amends || request.journey().is(Journey.REDIRECT) || !refused.asked().isEmpty()) {
            lock.accept(request.parties());
        }
        if (store.decide(request, answer)) {
            ConsentRequest decided = request.decided(answer);
            withdraw(request.parties(), refused.asked(), refused.claims(), Details.NONE);
            grants.takeBack(request.parties(), refused);
            events.accept(new Decided(decided, decider));
            if (reports(request, decision)) {
                follow(decided, decider);
            }
            return new DecisionResult.Decided(amends && answer.approved() ? added(decided) : decided);
        }
        // somebody was faster, time ran out between the look and the update, or the request was removed
        return store.find(customer, request.id())
                .map(current -> current.status() == ConsentRequestStatus.PENDING
                        ? new DecisionResult.Expired()
                        : compare(current, decision, decider))
                .orElseGet(DecisionResult.NotFound::new);
    }

    /** As it is once it took effect: it may have been withdrawn, since there was nothing to add to. */
    private ConsentRequest added(ConsentRequest approved) {
        events.accept(new AmendmentApproved(approved));
        return store.find(approved.parties().customer(), approved.id()).orElse(approved);
    }

    /** Who guesses the number for too long has answered: with a no. */
    private Optional<DecisionResult> unseen(
            ConsentRequest request, Decision.Approve approve, Responder decider, Instant now) {
        NumberResult seen = sight.check(request, approve.number(), decider);
        if (seen instanceof NumberResult.Suspected) {
            deny(request, decider, now);
            return Optional.of(new DecisionResult.WrongNumber(0));
        }
        if (seen instanceof NumberResult.Wrong wrong) {
            return Optional.of(new DecisionResult.WrongNumber(wrong.triesLeft()));
        }
        return seen instanceof NumberResult.Missing
                ? Optional.of(new DecisionResult.NumberRequired())
                : Optional.empty();
    }

    private SignatureVerdict signature(
            ConsentRequest request,
            Decision.Approve approve,
            Set<String> granted,
            Details grantedDetails,
            Optional<ShownContent> shown,
            Responder decider,
            Instant now) {
        boolean unsigned = approve.signature().isEmpty();
        if (unsigned && decider.circumstances().presence() == Presence.SERVER) {
            // there is nobody who could sign
            return new SignatureVerdict.Unsigned();
        }
        SignatureDemand demand =
                signing.demand(request.parties(), request.permissions().asked(), request.details());
        if (shown.isEmpty()) {
            return unsigned && demand == SignatureDemand.NONE
                    ? new SignatureVerdict.Unsigned()
                    : new SignatureVerdict.OtherContent();
        }
        return signing.check(
                new Approval(
                        Act.APPROVE,
                        request.parties(),
                        request.id(),
                        request.challenge(),
                        request.createdAt(),
                        request.expiresAt(),
                        granted,
                        grantedDetails,
                        shown.get(),
                        now),
                demand,
                approve.signature());
    }

    private static Optional<DecisionResult> refused(SignatureVerdict signature) {
        if (signature instanceof SignatureVerdict.Missing missing) {
            return Optional.of(new DecisionResult.SignatureRequired(missing.demand(), missing.what()));
        }
        if (signature instanceof SignatureVerdict.Invalid invalid) {
            return Optional.of(new DecisionResult.InvalidSignature(invalid.flaw(), invalid.why()));
        }
        return signature instanceof SignatureVerdict.OtherContent
                ? Optional.of(new DecisionResult.ContentChanged())
                : Optional.empty();
    }

    private static Optional<SignatureVerdict.Signed> signed(SignatureVerdict signature) {
        return signature instanceof SignatureVerdict.Signed signed ? Optional.of(signed) : Optional.empty();
    }

    /** Nobody but the bank begins an amendment: there is no client to report. */
    private static boolean reports(ConsentRequest request, Decision decision) {
        return decision instanceof Decision.Deny denial
                && denial.reported()
                && !request.journey().is(Journey.AMENDMENT);
    }

    /** A report blocks the client, and is told. Of who may report it is asked before. */
    private void follow(ConsentRequest reported, Responder reporter) {
        blocks.report(reported.parties());
        denyOpen(reported.parties(), reporter);
        events.accept(new Reported(reported, reporter));
    }

    Optional<Objection> block(Parties parties, Responder decider) {
        Optional<Objection> objection = gate.toBlock(decider);
        if (objection.isEmpty()) {
            blocks.add(parties);
            denyOpen(parties, decider);
        }
        return objection;
    }

    /** But for what nobody can answer now: nothing comes of that anyway. */
    private void denyOpen(Parties parties, Responder decider) {
        Instant now = clock.instant();
        store.pending(parties, now).stream()
                .filter(request -> !isOwn(request, decider)
                        && gate.toAnswer(request, new Decision.Deny(), decider).isEmpty())
                .forEach(request -> deny(request, decider, now));
    }

    private void deny(ConsentRequest request, Responder decider, Instant now) {
        RecordedDecision answer =
                new RecordedDecision(false, Set.of(), now, decider.deviceId(), evidence(request, decider));
        if (store.decide(request, answer)) {
            events.accept(new Decided(request.decided(answer), decider));
        }
    }

    private Evidence evidence(ConsentRequest request, Responder decider) {
        return evidence(request, decider, decider.circumstances().display().of(request.question()), Optional.empty());
    }

    private Evidence evidence(
            ConsentRequest request,
            Responder decider,
            Optional<ShownContent> shown,
            Optional<KeptSignature> signature) {
        Circumstances circumstances = decider.circumstances();
        shown.map(ShownContent::text).ifPresent(store::keep);
        return new Evidence(
                decider.clientId(),
                decider.sessionId(),
                circumstances.acr(),
                circumstances.authTime(),
                circumstances.address(),
                shown.map(content -> content.text().hash()).orElse(null),
                shown.filter(content -> !request.details().isEmpty() || signature.isPresent())
                        .map(ShownContent::json)
                        .orElse(null),
                signature.orElse(null));
    }

    /** But for what grants other claims of a permission than are meant. */
    void withdraw(Parties parties, Set<String> permissions, ClaimLimits claims, Details taken) {
        if (permissions.isEmpty() && taken.isEmpty()) {
            return;
        }
        Changes changes = grants.changes(parties);
        withdraw(parties, request -> {
            Set<String> meant = permissions.stream()
                    .filter(name -> claims.overlap(name, request.permissions().claims()))
                    .collect(Collectors.toSet());
            return changes.overlap(request.decision().granted(), meant)
                    || details.overlap(request.decision().details(), taken);
        });
    }

    /** As of its answer: its time may be over, and what came of it does not stand all the same. */
    void withdraw(ConsentRequest approved) {
        if (store.withdraw(approved, approved.decision().decidedAt())) {
            events.accept(new Withdrawn(approved));
        }
    }

    void withdrawAll(Parties parties) {
        withdraw(parties, request -> true);
    }

    private void withdraw(Parties parties, Predicate<ConsentRequest> which) {
        Instant now = clock.instant();
        store.approved(parties, now).stream().filter(which).forEach(request -> {
            if (store.withdraw(request, now)) {
                events.accept(new Withdrawn(request));
            }
        });
    }

    /** Whether the client that asks is the one that answers. */
    static boolean isOwn(ConsentRequest request, Responder responder) {
        return request.parties().clientId().equals(responder.clientId());
    }

    private DecisionResult compare(ConsentRequest request, Decision decision, Responder decider) {
        if (!saysTheSame(request, decision)) {
            return new DecisionResult.AlreadyDecided(request);
        }
        if (!reports(request, decision) || request.decision().reported()) {
            return new DecisionResult.Decided(request);
        }
        return gate.toBlock(decider)
                .<DecisionResult>map(DecisionResult.Refused::new)
                .orElseGet(() -> new DecisionResult.Decided(report(request, decider)));
    }

    /** Reports what was denied before, once. */
    private ConsentRequest report(ConsentRequest denied, Responder reporter) {
        ConsentRequest reported = denied.reported();
        if (store.report(denied)) {
            follow(reported, reporter);
        }
        return reported;
    }

    private static boolean saysTheSame(ConsentRequest request, Decision decision) {
        boolean approved = request.decision().approved();
        if (decision instanceof Decision.Deny) {
            return !approved;
        }
        return approved
                && decision instanceof Decision.Approve approve
                && selection(request, decision) instanceof Selection.Granted same
                && same.permissions().equals(request.decision().granted())
                && isSignedAlike(request, approve)
                && approve.details()
                        .orElse(request.details())
                        .equals(request.decision().details());
    }

    /** One signature is one answer: another one, over the same, is another. */
    private static boolean isSignedAlike(ConsentRequest request, Decision.Approve approve) {
        return approve.signature().isEmpty()
                || approve.signature()
                        .equals(request.decision().evidence().findSignature().map(DecisionSignature::of));
    }

    private static Selection selection(ConsentRequest request, Decision decision) {
        return decision instanceof Decision.Approve approve
                ? request.permissions().select(approve.selection())
                : new Selection.Granted(Set.of());
    }

    private DetailSelection details(ConsentRequest request, Decision decision) {
        return decision instanceof Decision.Approve approve
                ? details.select(request, approve.details())
                : new DetailSelection.Granted(Details.NONE);
    }

    private static Optional<Reason> refusal(DecisionResult result) {
        if (result instanceof DecisionResult.NotFound) {
            return Optional.of(Reason.FOREIGN);
        }
        if (result instanceof DecisionResult.OwnClient) {
            return Optional.of(Reason.OWN_CLIENT);
        }
        if (result instanceof DecisionResult.Expired) {
            return Optional.of(Reason.LATE);
        }
        if (result instanceof DecisionResult.AlreadyDecided) {
            return Optional.of(Reason.CONTRADICTING);
        }
        if (result instanceof DecisionResult.Refused refused) {
            return Optional.of(reason(refused.objection()));
        }
        if (result instanceof DecisionResult.AccountsUnavailable) {
            return Optional.of(Reason.ACCOUNTS_UNAVAILABLE);
        }
        if (result instanceof DecisionResult.SignatureRequired) {
            return Optional.of(Reason.UNSIGNED);
        }
        if (result instanceof DecisionResult.InvalidSignature) {
            return Optional.of(Reason.INVALID_SIGNATURE);
        }
        if (result instanceof DecisionResult.ContentChanged) {
            return Optional.of(Reason.CONTENT_CHANGED);
        }
        if (result instanceof DecisionResult.NumberRequired) {
            return Optional.of(Reason.NUMBER_REQUIRED);
        }
        if (result instanceof DecisionResult.WrongNumber) {
            return Optional.of(Reason.WRONG_NUMBER);
        }
        return result instanceof DecisionResult.InvalidSelection || result instanceof DecisionResult.InvalidDetails
                ? Optional.of(Reason.INVALID_SELECTION)
                : Optional.empty();
    }

    private static Reason reason(Objection objection) {
        if (objection instanceof Objection.Refused refused) {
            return switch (refused.reason()) {
                case IMPERSONATED -> Reason.IMPERSONATED;
                case OFFLINE -> Reason.OFFLINE;
                case LOCKED_OUT -> Reason.LOCKED_OUT;
                case CUSTOMER_DISABLED -> Reason.CUSTOMER_DISABLED;
                case ASKER_DISABLED, APP_DISABLED -> Reason.CLIENT_DISABLED;
            };
        }
        return Reason.WEAK_LOGIN;
    }
}
