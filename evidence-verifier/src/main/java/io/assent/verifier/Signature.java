package io.assent.verifier;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.signature.Act;
import java.util.List;
import java.util.Optional;

/** Whether the customer signed the answer, and how: what the words in a report are. */
sealed interface Signature {

    /** @param lines what it proves */
    record Sound(List<String> lines) implements Signature {
        public Sound {
            lines = List.copyOf(lines);
        }
    }

    /** @param what what is wrong, in a sentence */
    record Flawed(String what) implements Signature {}

    /**
     * Looks at it.
     *
     * @param act what the customer said yes to
     * @param bank what it was known by when it was signed
     */
    static Signature of(Document document, Act act, BankThen bank) {
        Optional<JsonNode> kept = document.find("/signature");
        if (kept.isEmpty()) {
            return new Sound(List.of("Signed        NOT SIGNED: by the bank's record alone the customer answered so"));
        }
        if (!document.approved() || document.find("/shownContent").isEmpty()) {
            return new Flawed("What is signed is an approval of what was shown, and one of these is missing.");
        }
        return switch (kept.get().path("kind").asText()) {
            case "jws" -> DeviceSignature.of(document, kept.get(), act, bank);
            case "webauthn" -> PasskeySignature.of(document, kept.get(), act, bank);
            default -> new Flawed("The kind of the signature is not known here.");
        };
    }
}
