package io.assent.detail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccountFieldTest {

    private static final AccountField MANY = new AccountField("accounts", true, true);
    private static final AccountField ONE = new AccountField("debtorAccount", false, false);

    @Test
    void theIdsAreReadInTheirOrder() {
        assertThat(MANY.ids(object("{'accounts':[{'id':'b'},{'id':'a'}]}"))).containsExactly("b", "a");
        assertThat(ONE.ids(object("{'debtorAccount':{'id':'a'}}"))).containsExactly("a");
        assertThat(MANY.ids(object("{'accounts':[]}"))).isEmpty();
        assertThat(ONE.ids(object("{'x':1}"))).isEmpty();
        assertThat(MANY.ids(object("{'accounts':'a'}"))).isEmpty();
    }

    @Test
    void chosenAccountsTakeThePlaceOfTheOldOnes() {
        ObjectNode asked = object("{'accounts':[{'id':'a'},{'id':'b'}],'x':1}");

        assertThat(MANY.with(asked, List.of("b"))).isEqualTo(object("{'x':1,'accounts':[{'id':'b'}]}"));
        assertThat(MANY.with(asked, List.of())).isEqualTo(object("{'x':1,'accounts':[]}"));
        assertThat(MANY.without(asked)).isEqualTo(object("{'x':1}"));
        assertThat(asked).isEqualTo(object("{'accounts':[{'id':'a'},{'id':'b'}],'x':1}"));
    }

    @Test
    void oneAccountIsNoList() {
        assertThat(ONE.with(object("{'x':1}"), List.of("a"))).isEqualTo(object("{'x':1,'debtorAccount':{'id':'a'}}"));
        assertThat(ONE.with(object("{'x':1}"), List.of())).isEqualTo(object("{'x':1}"));
        assertThat(ONE.isIn(object("{'x':1}"))).isFalse();
        assertThat(ONE.isIn(object("{'debtorAccount':{'id':'a'}}"))).isTrue();
    }

    private static ObjectNode object(String json) {
        return DetailJson.object(Sent.json(json));
    }
}
