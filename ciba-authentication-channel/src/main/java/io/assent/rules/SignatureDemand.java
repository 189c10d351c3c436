package io.assent.rules;

import java.util.Optional;
import java.util.stream.Stream;

/** What a customer's yes has to be signed with. A later one asks for more than an earlier one. */
public enum SignatureDemand {
    NONE("none"),
    /** The key of the device, or a passkey: something that only the customer has. */
    KEY("key"),
    /** The same, after the customer showed the device who is there, by a finger, face or PIN. */
    KEY_AND_USER_VERIFICATION("key+user-verification");

    private final String word;

    SignatureDemand(String word) {
        this.word = word;
    }

    /** As the console and the API write it. */
    public String word() {
        return word;
    }

    static Optional<SignatureDemand> of(String word) {
        return Stream.of(values()).filter(demand -> demand.word.equals(word)).findFirst();
    }
}
