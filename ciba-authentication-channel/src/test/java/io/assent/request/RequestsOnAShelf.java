package io.assent.request;

import io.assent.authority.Objection;
import io.assent.block.Blocks;
import io.assent.detail.DetailSelection;
import io.assent.detail.Details;
import io.assent.link.Links;
import io.assent.permission.RequestedPermissions;
import io.assent.permission.change.Changes;
import io.assent.rules.ConsentRules;
import io.assent.rules.SignatureDemand;
import io.assent.server.Parties;
import io.assent.signature.Approval;
import io.assent.signature.DecisionSignature;
import io.assent.signature.SignatureVerdict;
import io.assent.signature.Signing;
import io.assent.trace.Traces;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Requests in memory for tests of what stands above them: everybody may answer, nothing is signed, all is granted. */
public final class RequestsOnAShelf {

    private final RequestsInMemory store = new RequestsInMemory();

    /** @param links whose numbers count */
    public ConsentRequests requests(InstantSource clock, Links links, Consumer<ConsentRequestEvent> events) {
        return new ConsentRequests(
                store,
                parties -> ConsentRules.DEFAULT.asking(),
                new Blocks(new BlocksInMemory(), clock, event -> {}),
                clock,
                new ConsentRequests.Gate() {
                    @Override
                    public Optional<Objection> toAnswer(ConsentRequest request, Decision decision, Responder decider) {
                        return Optional.empty();
                    }

                    @Override
                    public Optional<Objection> toBlock(Responder decider) {
                        return Optional.empty();
                    }

                    @Override
                    public Optional<Objection> toRedeem(ConsentRequest request) {
                        return Optional.empty();
                    }
                },
                new ConsentRequests.Choice() {
                    @Override
                    public DetailSelection select(ConsentRequest request, Optional<Details> chosen) {
                        return new DetailSelection.Granted(chosen.orElse(request.details()));
                    }

                    @Override
                    public Set<String> lost(ConsentRequest request) {
                        return Set.of();
                    }

                    @Override
                    public boolean overlap(Details some, Details others) {
                        return false;
                    }
                },
                new Signing() {
                    @Override
                    public SignatureDemand demand(Parties parties, Set<String> permissions, Details asked) {
                        return SignatureDemand.NONE;
                    }

                    @Override
                    public SignatureVerdict check(
                            Approval approval, SignatureDemand demand, Optional<DecisionSignature> signature) {
                        return new SignatureVerdict.Unsigned();
                    }
                },
                (request, number, decider) -> links.checkNumber(
                        links.find(
                                        request.parties().realmId(),
                                        request.journey().reference())
                                .orElseThrow(),
                        request.parties().userId(),
                        decider.sessionId(),
                        number),
                parties -> {},
                new ConsentRequests.Grants() {
                    @Override
                    public void takeBack(Parties parties, RequestedPermissions refused) {}

                    @Override
                    public Changes changes(Parties parties) {
                        return Changes.NONE;
                    }
                },
                events,
                Traces.none());
    }
}
