package io.assent.verifier;

import io.assent.signature.Act;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at evidence in this order: its form, its seal, what was shown, what was signed; and then each
 * confirmation that was signed. The first thing that does not hold is what it says.
 *
 * @param realm the realm's keys, if they are known
 * @param issuerThen the realm's issuer when the customer answered, if it was another one than when it was exported
 */
record Verification(Optional<RealmKeys> realm, Optional<String> issuerThen) {

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
                .or(() -> Shown.flaw(document));
        if (flaw.isPresent()) {
            return new Verdict.Flawed(flaw.get());
        }
        String issuer = issuerThen.orElseGet(() -> document.text("/issuer").orElse(""));
        Signature signature = Signature.of(document, Act.APPROVE, issuer);
        if (!(signature instanceof Signature.Sound sound)) {
            return new Verdict.Flawed(((Signature.Flawed) signature).what());
        }
        List<String> lines =
                new ArrayList<>(new Report(document, key.get(), realm.isPresent()).lines(sound.lines()));
        for (Document confirmation : Confirmation.of(document)) {
            Signature again = Shown.flaw(confirmation)
                    .<Signature>map(Signature.Flawed::new)
                    .orElseGet(() -> Signature.of(confirmation, Act.CONFIRM, issuer));
            if (!(again instanceof Signature.Sound confirmed)) {
                return new Verdict.Flawed("Of the confirmation at %s: %s"
                        .formatted(
                                confirmation.time("/decision/decidedAt"), ((Signature.Flawed) again).what()));
            }
            lines.addAll(new Report(confirmation, key.get(), realm.isPresent()).confirmation(confirmed.lines()));
        }
        return new Verdict.Holds(lines);
    }
}
