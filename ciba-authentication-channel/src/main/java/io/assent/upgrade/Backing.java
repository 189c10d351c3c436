package io.assent.upgrade;

import io.assent.consent.GrantedPermission;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequest.Journey;
import io.assent.request.ConsentRequestStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a customer's recorded answers say of permissions that Keycloak keeps as granted.
 *
 * @param permissions those to which the customer's newest answer was yes; one at the least
 * @param requestId the newest request among those answers
 * @param since the oldest of those answers: from then on a consent to all of them stands
 */
record Backing(List<GrantedPermission> permissions, String requestId, Instant since) {

    /**
     * Empty where nothing is backed.
     *
     * @param stored what Keycloak keeps as granted between a customer and a client
     * @param requests what that client asked that customer
     */
    static Optional<Backing> of(Collection<GrantedPermission> stored, Collection<ConsentRequest> requests) {
        List<ConsentRequest> newestFirst = requests.stream()
                .filter(request -> request.findDecision().isPresent())
                .sorted(Comparator.comparing(
                                (ConsentRequest request) -> request.decision().decidedAt())
                        .reversed())
                .toList();
        List<GrantedPermission> backed = new ArrayList<>();
        List<ConsentRequest> answers = new ArrayList<>();
        for (GrantedPermission permission : stored) {
            newestFirst.stream()
                    .filter(request -> isAnswer(request, permission.name()))
                    .findFirst()
                    .filter(answer -> grants(answer, permission.name()))
                    .ifPresent(answer -> {
                        backed.add(permission);
                        answers.add(answer);
                    });
        }
        Comparator<ConsentRequest> byTime =
                Comparator.comparing(answer -> answer.decision().decidedAt());
        return answers.stream()
                .max(byTime)
                .map(newest -> new Backing(
                        List.copyOf(backed),
                        newest.id(),
                        answers.stream().min(byTime).orElseThrow().decision().decidedAt()));
    }

    /** A no counts at once; a yes to a client that never fetched its tokens came to nothing. */
    private static boolean isAnswer(ConsentRequest request, String permission) {
        boolean unfetched = request.status() == ConsentRequestStatus.APPROVED
                && !request.journey().is(Journey.REDIRECT);
        return request.permissions().asked().contains(permission) && !(grants(request, permission) && unfetched);
    }

    private static boolean grants(ConsentRequest answer, String permission) {
        return answer.status() != ConsentRequestStatus.WITHDRAWN
                && answer.decision().granted().contains(permission);
    }
}
