package io.assent.verifier;

import static io.assent.verifier.Verified.flaw;
import static io.assent.verifier.Verified.report;
import static io.assent.verifier.Verified.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A customer's yes to more, on top of what the consent granted. */
class OtherAnswerTest {

    private static final String LINE = "/consent/history/1";
    private static final String ANSWER = LINE + "/answer";

    @Test
    void thatAPhoneSignedIsProved() {
        assertThat(report(Made.amendedByPhone()))
                .anyMatch(line -> line.startsWith("Also granted  at 2026-11-22T09:00:41.207Z, terms"))
                .anyMatch(line -> line.contains("by amendment, for terms"))
                .filteredOn(line -> line.contains("of the device " + Made.DEVICE))
                .hasSize(1);
    }

    @Test
    void thatNobodySignedSaysSo() {
        ObjectNode unsigned = Made.with(Made.amendedByPhone(), ANSWER, "signature", NullNode.instance);

        assertThat(report(unsigned))
                .filteredOn(line -> line.contains("NOT SIGNED"))
                .hasSize(2);
    }

    @Test
    void thatWasNotKeptIsALineOfTheHistory() {
        ObjectNode without = Made.with(Made.amendedByPhone(), LINE, "answer", NullNode.instance);

        assertThat(report(without)).noneMatch(line -> line.startsWith("Also granted"));
    }

    @Test
    void grantsNoMoreThanWasSigned() {
        ObjectNode sound = Made.amendedByPhone("terms", "payments");
        ObjectNode more = Made.with(
                sound,
                ANSWER + "/decision",
                "grantedScopes",
                JsonNodeFactory.instance.arrayNode().add("payments").add("terms"));

        assertThat(report(sound)).anyMatch(line -> line.contains("by amendment, for payments, terms"));
        assertThat(flaw(more))
                .startsWith("Of the answer at 2026-11-22T09:00:41.207Z:")
                .contains("(grant)");
    }

    @Test
    void isInWhatTheConsentGrantedFromThenOn() {
        ObjectNode less = Made.with(
                Made.amendedByPhone(),
                LINE,
                "grantedScopes",
                JsonNodeFactory.instance.arrayNode().add("payments"));

        assertThat(flaw(less)).contains("not what the consent granted from then on");
    }

    @ParameterizedTest
    @CsvSource({"/request, customerId, another customer", "/decision, decision, denial"})
    void isTheSameCustomersYes(String part, String member, String flaw) {
        assertThat(flaw(Made.with(Made.amendedByPhone(), ANSWER + part, member, text("somebody"))))
                .contains(flaw);
    }

    @Test
    void saysOfItsCustomerWhatTheFileSays() {
        ObjectNode removed = Made.with(
                Made.amendedByPhone(),
                ANSWER + "/request",
                "customerRemoved",
                JsonNodeFactory.instance.booleanNode(true));

        assertThat(flaw(removed)).contains("whether its customer was removed");
    }

    @Test
    void isAnAnswerToARequestOfItsOwn() {
        ObjectNode first = Made.amendedByPhone();
        ObjectNode same = Made.with(first, ANSWER + "/request", "id", first.at("/request/id"));
        ObjectNode twice = first.deepCopy();
        ((ArrayNode) twice.at("/consent/history")).add(first.at(LINE).deepCopy());

        assertThat(flaw(same)).contains("answered already");
        assertThat(flaw(twice)).contains("answered already");
    }

    @ParameterizedTest
    @CsvSource({"2026-11-22T09:00:11.206Z, after the consent", "yesterday, not of its form"})
    void isGivenBeforeTheConsentGrantsByIt(String at, String flaw) {
        assertThat(flaw(Made.with(Made.amendedByPhone(), LINE, "at", text(at)))).contains(flaw);
    }

    @Test
    void mayBeTakenByANodeWhoseClockIsAhead() {
        assertThat(report(Made.with(Made.amendedByPhone(), LINE, "at", text("2026-11-22T09:00:11.207Z"))))
                .anyMatch(line -> line.startsWith("Also granted"));
    }

    @Test
    void thatHadNoRoomIsCounted() {
        ObjectNode small =
                Made.with(Made.amendedByPhone(), "/consent", "leftOut", JsonNodeFactory.instance.numberNode(3));

        assertThat(report(small)).anyMatch(line -> line.contains("LEFT OUT: 3 old"));
        assertThat(report(Made.amendedByPhone())).noneMatch(line -> line.contains("LEFT OUT"));
    }

    @ParameterizedTest
    @CsvSource({"/request, askedAt", "/request, id", "/decision, grantedScopes", "'', contentHash", "'', signature"})
    void isOfItsForm(String part, String member) {
        ObjectNode broken =
                Made.with(Made.amendedByPhone(), ANSWER + part, member, JsonNodeFactory.instance.numberNode(1));

        assertThat(flaw(broken)).contains(part + "/" + member + " of an answer");
    }

    @Test
    void isOfALineThatGranted() {
        assertThat(flaw(Made.with(Made.amendedByPhone(), LINE, "type", text("narrowed"))))
                .contains("granted nothing");
    }
}
