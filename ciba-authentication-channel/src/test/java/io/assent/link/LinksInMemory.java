package io.assent.link;

import io.assent.link.Link.Claim;
import io.assent.link.Link.Proof;
import io.assent.link.Link.State;
import io.assent.server.Customer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A store with the conditions of the real one's updates, on one thread. */
public final class LinksInMemory implements LinkStore {

    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final List<Runnable> beforeUpdates = new ArrayList<>();

    private record Row(Link link, String secretHash, String formerHash, String watchHash, String returnHash) {

        Row with(Link changed) {
            return new Row(changed, secretHash, formerHash, watchHash, returnHash);
        }
    }

    /** What somebody else does right before the next update. */
    public void beforeNextUpdate(Runnable action) {
        beforeUpdates.add(action);
    }

    @Override
    public void add(Link link, String secretHash, String watchHash) {
        rows.put(link.id(), new Row(link, secretHash, null, watchHash, null));
    }

    @Override
    public Optional<Link> find(String realmId, String id) {
        return first(
                row -> row.link().realmId().equals(realmId) && row.link().id().equals(id));
    }

    @Override
    public Optional<Link> newest(Login login, String browserHash, Optional<String> userId, Instant now) {
        return rows.values().stream()
                .map(Row::link)
                .filter(link -> link.browserHash().equals(browserHash)
                        && link.login().equals(login.fingerprint())
                        && link.realmId().equals(login.realmId())
                        && link.clientId().equals(login.clientId())
                        && link.usedAt() == null
                        && link.expiresAt().isAfter(now)
                        && userId.map(user -> user.equals(link.userId())).orElse(!link.known()))
                .min(Comparator.<Link, Boolean>comparing(link -> link.requestId() == null)
                        .thenComparing(Link::createdAt, Comparator.reverseOrder()));
    }

    @Override
    public List<Link> all(String realmId, Collection<String> ids) {
        return rows.values().stream()
                .map(Row::link)
                .filter(link -> link.realmId().equals(realmId) && ids.contains(link.id()))
                .toList();
    }

    @Override
    public Optional<Link> bySecret(String realmId, String hash) {
        return first(row -> row.link().realmId().equals(realmId)
                && (hash.equals(row.secretHash()) || hash.equals(row.formerHash())));
    }

    @Override
    public Optional<Link> byWatch(String realmId, String hash) {
        return first(row -> row.link().realmId().equals(realmId) && hash.equals(row.watchHash()));
    }

    @Override
    public Optional<Link> byReturn(String realmId, String hash) {
        return first(row -> row.link().realmId().equals(realmId) && hash.equals(row.returnHash()));
    }

    private Optional<Link> first(Predicate<Row> condition) {
        return rows.values().stream().filter(condition).map(Row::link).findFirst();
    }

    @Override
    public List<LinkState> states(Collection<String> ids, Instant now) {
        return rows.values().stream()
                .map(Row::link)
                .filter(link -> ids.contains(link.id()))
                .map(link -> LinkState.of(link, now))
                .toList();
    }

    @Override
    public boolean renew(Link link, String salt, String secretHash, Instant now, Instant good) {
        return update(
                link,
                row -> isUnclaimed(row, now) && row.salt().equals(link.salt()),
                row -> new Row(
                        copy(row.link()).salt(salt).renewedAt(now).done(),
                        secretHash,
                        row.link().renewedAt().isAfter(good) ? row.secretHash() : null,
                        row.watchHash(),
                        row.returnHash()));
    }

    private static boolean isUnclaimed(Link row, Instant now) {
        return row.state(now) == State.OPEN;
    }

    @Override
    public boolean turn(Link link, String page) {
        return change(link, row -> true, row -> copy(row).page(page).done());
    }

    @Override
    public boolean prolong(Link link, Instant until, Instant now) {
        return change(link, row -> isUnclaimed(row, now) && row.requestId() == null, row -> copy(row)
                .expiresAt(until)
                .done());
    }

    @Override
    public boolean claim(Link link, String hash, String userId, Claim claim, Instant good, Instant replaced) {
        return update(
                link,
                row -> isUnclaimed(row, claim.at())
                        && (row.userId() == null || row.userId().equals(userId))
                        && (hash.equals(rows.get(link.id()).secretHash())
                                        && row.renewedAt().isAfter(good)
                                || hash.equals(rows.get(link.id()).formerHash())
                                        && row.renewedAt().isAfter(replaced)),
                row -> row.with(copy(row.link()).userId(userId).claim(claim).done()));
    }

    @Override
    public Optional<Link> hold(Link link) {
        return find(link.realmId(), link.id());
    }

    @Override
    public boolean ask(Link link, String requestId, String userId) {
        return change(
                link,
                row -> row.proof() == null
                        && row.deniedAt() == null
                        && row.usedAt() == null
                        && row.findRequestId().equals(link.findRequestId()),
                row -> copy(row).requestId(requestId).userId(userId).done());
    }

    @Override
    public boolean prove(
            Link link,
            boolean codeDemanded,
            String digits,
            String returnSecret,
            String returnHash,
            Instant until,
            Instant now) {
        return update(
                link,
                row -> row.proof() == null
                        && row.deniedAt() == null
                        && row.suspectedAt() == null
                        && row.usedAt() == null,
                row -> new Row(
                        copy(row.link())
                                .proof(new Proof(codeDemanded, digits, returnSecret, null, null))
                                .expiresAt(
                                        row.link().expiresAt().isBefore(until)
                                                ? until
                                                : row.link().expiresAt())
                                .done(),
                        row.secretHash(),
                        row.formerHash(),
                        row.watchHash(),
                        returnHash));
    }

    @Override
    public boolean deny(Link link, Instant now) {
        return change(link, row -> row.deniedAt() == null, row -> copy(row)
                .deniedAt(now)
                .done());
    }

    @Override
    public boolean suspect(Link link, Instant now) {
        return change(link, row -> row.suspectedAt() == null, row -> copy(row)
                .suspectedAt(now)
                .done());
    }

    @Override
    public boolean leave(Link link, Instant now) {
        return change(
                link, row -> row.usedAt() == null, row -> copy(row).usedAt(now).done());
    }

    @Override
    public OptionalInt tryNumber(Link link, int most) {
        boolean taken = change(link, row -> row.numberTries() < most, row -> copy(row)
                .numberTries(row.numberTries() + 1)
                .done());
        return taken ? OptionalInt.of(rows.get(link.id()).link().numberTries()) : OptionalInt.empty();
    }

    @Override
    public OptionalInt tryDigits(Link link, int most) {
        boolean taken = change(link, row -> row.digitTries() < most, row -> copy(row)
                .digitTries(row.digitTries() + 1)
                .done());
        return taken ? OptionalInt.of(rows.get(link.id()).link().digitTries()) : OptionalInt.empty();
    }

    @Override
    public void giveBackNumber(Link link) {
        change(link, row -> row.numberTries() > 0, row -> copy(row)
                .numberTries(row.numberTries() - 1)
                .done());
    }

    @Override
    public void giveBackDigits(Link link) {
        change(link, row -> row.digitTries() > 0, row -> copy(row)
                .digitTries(row.digitTries() - 1)
                .done());
    }

    @Override
    public boolean enter(Link link, Instant now) {
        return change(link, row -> isApproved(row, now), row -> copy(row)
                .proof(new Proof(
                        row.proof().codeDemanded(),
                        row.proof().digits(),
                        row.proof().returnSecret(),
                        now,
                        row.proof().returnedAt()))
                .done());
    }

    private static boolean isApproved(Link row, Instant now) {
        return row.state(now) == State.APPROVED || row.state(now) == State.CODE;
    }

    @Override
    public boolean comeBack(Link link, Instant now) {
        return change(link, row -> isApproved(row, now) && row.proof().returnedAt() == null, row -> copy(row)
                .proof(new Proof(
                        row.proof().codeDemanded(),
                        row.proof().digits(),
                        row.proof().returnSecret(),
                        row.proof().enteredAt(),
                        now))
                .done());
    }

    @Override
    public boolean forgetReturn(Link link) {
        return update(
                link,
                row -> true,
                row -> new Row(
                        copy(row.link())
                                .proof(new Proof(
                                        row.link().proof().codeDemanded(),
                                        row.link().proof().digits(),
                                        null,
                                        row.link().proof().enteredAt(),
                                        row.link().proof().returnedAt()))
                                .done(),
                        row.secretHash(),
                        row.formerHash(),
                        row.watchHash(),
                        null));
    }

    @Override
    public boolean use(Link link, Instant now) {
        return update(
                link,
                row -> row.state(now) == State.APPROVED,
                row -> new Row(
                        copy(row.link())
                                .usedAt(now)
                                .page(null)
                                .proof(new Proof(
                                        row.link().proof().codeDemanded(),
                                        null,
                                        null,
                                        row.link().proof().enteredAt(),
                                        row.link().proof().returnedAt()))
                                .done(),
                        row.secretHash(),
                        row.formerHash(),
                        row.watchHash(),
                        null));
    }

    private boolean change(Link link, Predicate<Link> condition, UnaryOperator<Link> changed) {
        return update(link, condition, row -> row.with(changed.apply(row.link())));
    }

    private boolean update(Link link, Predicate<Link> condition, UnaryOperator<Row> changed) {
        List<Runnable> others = List.copyOf(beforeUpdates);
        beforeUpdates.clear();
        others.forEach(Runnable::run);
        Row row = rows.get(link.id());
        if (row == null || !condition.test(row.link())) {
            return false;
        }
        rows.put(link.id(), changed.apply(row));
        return true;
    }

    @Override
    public void removeAll(String realmId) {
        rows.values().removeIf(row -> row.link().realmId().equals(realmId));
    }

    @Override
    public void removeAll(String realmId, String clientId) {
        throw new UnsupportedOperationException("nothing is removed here");
    }

    @Override
    public void removeAll(Customer customer) {
        throw new UnsupportedOperationException("nothing is removed here");
    }

    @Override
    public void close() {}

    private static Copy copy(Link link) {
        return new Copy(link);
    }

    /** A link with some things changed. */
    private static final class Copy {

        private final Link link;
        private String userId;
        private String requestId;
        private Claim claim;
        private Proof proof;
        private String page;
        private int numberTries;
        private int digitTries;
        private String salt;
        private Instant renewedAt;
        private Instant expiresAt;
        private Instant deniedAt;
        private Instant suspectedAt;
        private Instant usedAt;

        Copy(Link link) {
            this.link = link;
            userId = link.userId();
            requestId = link.requestId();
            claim = link.claim();
            proof = link.proof();
            page = link.page();
            numberTries = link.numberTries();
            digitTries = link.digitTries();
            salt = link.salt();
            renewedAt = link.renewedAt();
            expiresAt = link.expiresAt();
            deniedAt = link.deniedAt();
            suspectedAt = link.suspectedAt();
            usedAt = link.usedAt();
        }

        Copy userId(String now) {
            userId = now;
            return this;
        }

        Copy requestId(String now) {
            requestId = now;
            return this;
        }

        Copy claim(Claim now) {
            claim = now;
            return this;
        }

        Copy proof(Proof now) {
            proof = now;
            return this;
        }

        Copy page(String now) {
            page = now;
            return this;
        }

        Copy numberTries(int now) {
            numberTries = now;
            return this;
        }

        Copy digitTries(int now) {
            digitTries = now;
            return this;
        }

        Copy salt(String now) {
            salt = now;
            return this;
        }

        Copy renewedAt(Instant now) {
            renewedAt = now;
            return this;
        }

        Copy expiresAt(Instant now) {
            expiresAt = now;
            return this;
        }

        Copy deniedAt(Instant now) {
            deniedAt = now;
            return this;
        }

        Copy suspectedAt(Instant now) {
            suspectedAt = now;
            return this;
        }

        Copy usedAt(Instant now) {
            usedAt = now;
            return this;
        }

        Link done() {
            return new Link(
                    link.id(),
                    link.realmId(),
                    link.clientId(),
                    link.browserHash(),
                    link.login(),
                    link.known(),
                    userId,
                    link.wish(),
                    link.origin(),
                    requestId,
                    claim,
                    proof,
                    page,
                    link.number(),
                    numberTries,
                    digitTries,
                    salt,
                    link.createdAt(),
                    renewedAt,
                    expiresAt,
                    deniedAt,
                    suspectedAt,
                    usedAt);
        }
    }
}
