package io.assent.verifier;

import static io.assent.verifier.Verified.flaw;
import static io.assent.verifier.Verified.report;
import static io.assent.verifier.Verified.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What was shown, beside what was asked and granted. Even what a key sealed is looked at: who sealed it may have sealed
 * anything.
 */
class ShownTest {

    private final ObjectNode payment = Made.payment();

    @Test
    void otherWordsThanTheHashNamesAreFound() {
        assertThat(flaw(Made.with(payment, "/shown", "language", text("en")))).contains("hash of the words");
        assertThat(flaw(Made.with(payment, "", "shown", NullNode.instance))).contains("hash of the words");
    }

    @Test
    void otherContentThanTheHashNamesIsFound() {
        assertThat(flaw(Made.with(payment, "/shownContent/details/0/rows/0", "value", text("1,00 €"))))
                .contains("contentHash");
        assertThat(flaw(Made.with(payment, "", "contentHash", NullNode.instance)))
                .contains("contentHash");
        assertThat(flaw(Made.with(payment, "", "shownContent", NullNode.instance)))
                .contains("contentHash");
    }

    @Test
    void whatWasAskedIsWhatWasShown() {
        assertThat(flaw(Made.with(payment, "/request", "bindingMessage", text("other"))))
                .contains("binding message");
        assertThat(flaw(Made.with(payment, "/request/askedDetails/0", "creditorName", text("Mallory"))))
                .contains("details that were shown");
    }

    @Test
    void thePermissionsInTheWordsAreThoseThatWereAskedFor() {
        ObjectNode more = Made.payment();
        ((ArrayNode) more.at("/request/askedScopes")).add("accounts.balances");
        // a page on which nothing can be ticked grants all that it shows
        ObjectNode others = Made.signedByPasskey(
                Made.PASSKEY, "SHA256withECDSA", 0x05, client -> {}, covered -> covered.putArray("permissions"));
        assertThat(report(others)).isNotEmpty();
        for (String list : List.of("/request/askedScopes", "/decision/grantedScopes")) {
            ((ArrayNode) others.at(list)).removeAll().add("accounts.balances");
        }

        assertThat(flaw(more)).contains("permissions that were shown");
        assertThat(flaw(others)).contains("permissions that were shown");
        assertThat(flaw(Made.with(
                        Made.amendedByPhone(),
                        "/consent/history/1/answer/request",
                        "askedScopes",
                        JsonNodeFactory.instance.arrayNode().add("payments").add("terms"))))
                .startsWith("Of the answer at")
                .contains("permissions that were shown");
    }

    @Test
    void wordsAloneAreLookedAtToo() {
        ObjectNode unsigned = Made.payment();
        unsigned.putNull("shownContent").putNull("contentHash");
        ((ArrayNode) unsigned.at("/request/askedScopes")).add("accounts.balances");

        assertThat(flaw(unsigned)).contains("permissions that were shown");
    }

    /** A client's id may be changed between the question and the answer, so that the file is not refused. */
    @Test
    void anotherClientInTheWordsIsSaid() {
        assertThat(report(Made.with(payment, "/request/client", "clientId", text("mallory"))))
                .anyMatch(line -> line.contains("NOT THE CLIENT") && line.endsWith("orbit-pisp"));
        assertThat(report(Made.confirmedByPhone())).noneMatch(line -> line.contains("NOT THE CLIENT"));
    }

    @Test
    void noMoreIsGrantedThanWasAsked() {
        ObjectNode more = Made.payment();
        ((ArrayNode) more.at("/decision/grantedScopes")).add("accounts.balances");

        assertThat(flaw(more)).contains("not asked for");
    }

    @Test
    void anAnswerFromBeforeItWasKeptHolds() {
        ObjectNode old = Made.payment();
        old.putNull("shown").putNull("shownContent").putNull("contentHash");
        ((ObjectNode) old.get("request")).putNull("challenge");

        assertThat(report(old)).contains("Shown         was not kept");
    }
}
