package io.assent.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextRuleTest {

    @Test
    void lengthsAreCountedInCharactersNotInUtf16Units() {
        assertThat(TextRule.LABEL.allows("📱".repeat(100))).isTrue();
        assertThat(TextRule.LABEL.allows("📱".repeat(101))).isFalse();
    }

    @Test
    void noTextIsEmpty() {
        assertThat(TextRule.LABEL.allows("")).isFalse();
        assertThat(TextRule.PUSH_TOKEN.allows("")).isFalse();
    }

    @Test
    void whatADatabaseCantStoreIsNotALabel() {
        assertThat(TextRule.LABEL.allows("a\u0000b")).isFalse();
        assertThat(TextRule.LABEL.allows("half a pair \uD83D")).isFalse();
        assertThat(TextRule.LABEL.allows("Zoë's phone, 2nd")).isTrue();
    }

    @Test
    void aPushTokenIsPrintableAscii() {
        assertThat(TextRule.PUSH_TOKEN.allows("fXy:APA91b-_%+/=")).isTrue();
        assertThat(TextRule.PUSH_TOKEN.allows("two words")).isFalse();
        assertThat(TextRule.PUSH_TOKEN.allows("é")).isFalse();
    }

    @Test
    void aReasonSaysSomethingOnOneLine() {
        assertThat(TextRule.REASON.allows("The customer called: phished. Case 4711"))
                .isTrue();
        assertThat(TextRule.REASON.allows(" ?")).isTrue();
        assertThat(TextRule.REASON.allows("   ")).isFalse();
        assertThat(TextRule.REASON.allows("two\nlines")).isFalse();
        assertThat(TextRule.REASON.allows("x".repeat(251))).isFalse();
    }

    @Test
    void aUserIdOfAnotherStoreNamesTheStore() {
        assertThat(TextRule.USER_ID.allows("2538fcc4-3eca-448a-a1d7-a39a4c37db90"))
                .isTrue();
        assertThat(TextRule.USER_ID.allows("removed:2538fcc4-3eca-448a-a1d7-a39a4c37db90"))
                .isTrue();
        assertThat(TextRule.USER_ID.allows("f:core:alice")).isTrue();
        for (String noId : new String[] {"f:", "f:core", "f::alice", "f:core:", "", "a\0b"}) {
            assertThat(TextRule.USER_ID.allows(noId)).as(noId).isFalse();
        }
    }

    @Test
    void uuidsAreReadInEitherCaseAndNothingLooser() {
        assertThat(Uuids.normalized("2538FCC4-3eca-448a-a1d7-a39a4c37db90"))
                .contains("2538fcc4-3eca-448a-a1d7-a39a4c37db90");
        assertThat(Uuids.normalized("1-1-1-1-1")).isEmpty();
        assertThat(Uuids.normalized("2538fcc4-3eca-448a-a1d7-a39a4c37db90 ")).isEmpty();
    }

    @Test
    void aChoiceIsSaidInWords() {
        assertThat(TextRule.CIBA.inWords()).isEqualTo("must be poll or ping");
        assertThat(TextRule.NONCE.inWords())
                .isEqualTo("must be a text that matches ^[A-Za-z0-9_-]{22}$ and be no longer than 22 characters");
    }
}
