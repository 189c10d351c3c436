package io.assent.claim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CarriedEvidenceTest {

    private static final ArrayNode KNOWN = json("""
            [{"type":"document","document_details":{"type":"idcard"},
              "check_details":[{"check_method":"vpip"},{"check_method":"secret"}]},
             {"type":"document","document_details":{"type":"passport"},"check_details":[{"check_method":"secret"}]},
             {"type":"document","document_details":{"document_number":"1"}},
             {"type":"document"},
             {"type":"electronic_record","record":{"type":"bank_account"}},
             {"type":"vouch"},
             {"number":"2"},
             "vouch"]""");

    private static ArrayNode json(String json) {
        try {
            return (ArrayNode) new JsonMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static CarriedEvidence documents(String... types) {
        return new CarriedEvidence(
                Set.of("document", "electronic_record"), Set.of(types), Set.of(), Set.of("vpip", "vdig"));
    }

    @Test
    void whatIsListedIsToldAndNoOtherDocumentOrCheck() {
        assertThat(documents("idcard").told(KNOWN)).hasValue(json("""
                        [{"type":"document","document_details":{"type":"idcard"},
                          "check_details":[{"check_method":"vpip"}]},
                         {"type":"document"}]"""));
        assertThat(documents("passport").told(KNOWN).orElseThrow().get(0).has("check_details"))
                .isFalse();
    }

    @Test
    void aTypeThatNeedsAListIsNeitherToldNorListedWithoutIt() {
        assertThat(documents("idcard").listed()).containsExactly("document");
        assertThat(documents("idcard").listedRecords()).isEmpty();
        assertThat(documents().told(KNOWN)).isEmpty();
        assertThat(documents().listed()).isEmpty();
        assertThat(documents().listedCheckMethods()).isEmpty();
        assertThat(CarriedEvidence.NONE.told(KNOWN)).isEmpty();
    }

    @Test
    void theSwitchFromBeforeTellsAnyTypeAndListsNone() {
        CarriedEvidence on = new CarriedEvidence(Set.of("true"), Set.of(), Set.of(), Set.of());

        assertThat(on.told(KNOWN).orElseThrow()).hasSize(6).allSatisfy(item -> assertThat(item.has("type"))
                .isTrue());
        assertThat(on.told(KNOWN).orElseThrow().get(0)).isEqualTo(KNOWN.get(0));
        assertThat(on.listed()).isEmpty();
        assertThat(new CarriedEvidence(Set.of("false"), Set.of(), Set.of(), Set.of()).told(KNOWN))
                .isEmpty();
    }
}
