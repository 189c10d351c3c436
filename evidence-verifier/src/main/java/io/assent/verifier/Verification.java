package io.assent.verifier;

import io.assent.signature.Act;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at evidence in this order: its form, its seal, what was shown, what was signed; then the other answers in the
 * history, and each confirmation that was signed. The first thing that does not hold is what it says.
 *
 * @param realm the realm's keys, if they are known
 * @param issuersThen those that the realm had before it was exported, of which each signature names one, or the
 *     document's own
 * @param origins those that the bank allowed for passkeys beside the sites' own
 */
record Verification(Optional<RealmKeys> realm, Set<String> issuersThen, Set<String> origins) {

    Verification {
        issuersThen = Set.copyOf(issuersThen);
        origins = Set.copyOf(origins);
    }

    /** With no issuers and origins besides. */
    Verification(Optional<RealmKeys> realm) {
        this(realm, Set.of(), Set.of());
    }

    Verdict of(byte[] bytes) {
        Document.Reading reading = Document.read(bytes);
        return reading instanceof Document.Read read
                ? of(read.document())
                : new Verdict.Flawed(((Document.Flawed) reading).what());
    }

    private Verdict of(Document document) {
        Optional<SealKey> key = SealKey.of(document.at("/sealKey"));
        if (key.isEmpty()) {
            return new Verdict.Flawed("sealKey is no public key of RSA or an elliptic curve with an id.");
        }
        Optional<String> flaw = Seal.flaw(document, key.get())
                .or(() -> realm.filter(keys -> !keys.contain(key.get()))
                        .map(others -> "The key of the seal, %s, is none of the realm's."
                                .formatted(key.get().thumbprint())))
                .or(() -> Shown.flaw(document))
                .or(() -> OtherAnswer.contradiction(document));
        if (flaw.isPresent()) {
            return new Verdict.Flawed(flaw.get());
        }
        BankThen bank = new BankThen(document.text("/issuer").orElse(""), issuersThen, origins);
        Signature signature = Signature.of(document, Act.APPROVE, bank);
        if (!(signature instanceof Signature.Sound sound)) {
            return new Verdict.Flawed(((Signature.Flawed) signature).what());
        }
        List<String> lines = new ArrayList<>(new Report(document, key.get(), realm.isPresent()).lines(sound.lines()));
        for (Document other : OtherAnswer.of(document)) {
            Signature of = signature(other, Act.APPROVE, bank);
            if (!(of instanceof Signature.Sound answered)) {
                return flawed("answer", other, of);
            }
            lines.addAll(new Report(other, key.get(), realm.isPresent()).other(answered.lines()));
        }
        for (Document confirmation : Confirmation.of(document)) {
            Signature of = signature(confirmation, Act.CONFIRM, bank);
            if (!(of instanceof Signature.Sound confirmed)) {
                return flawed("confirmation", confirmation, of);
            }
            lines.addAll(new Report(confirmation, key.get(), realm.isPresent()).confirmation(confirmed.lines()));
        }
        return new Verdict.Holds(lines);
    }

    private static Signature signature(Document document, Act act, BankThen bank) {
        return Shown.flaw(document)
                .<Signature>map(Signature.Flawed::new)
                .orElseGet(() -> Signature.of(document, act, bank));
    }

    private static Verdict flawed(String what, Document document, Signature signature) {
        return new Verdict.Flawed("Of the %s at %s: %s"
                .formatted(what, document.time("/decision/decidedAt"), ((Signature.Flawed) signature).what()));
    }
}
