package io.assent.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.detail.Detail;
import io.assent.detail.DetailRow;
import io.assent.detail.ShownDetail;
import io.assent.permission.Permission;
import io.assent.permission.PermissionGroup;
import io.assent.permission.RequestingClient;
import io.assent.server.Sha256;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShownContentTest {

    private static final List<PermissionGroup> GROUPS = List.of(new PermissionGroup(
            "accounts", "Konten", null, List.of(new Permission("balances", "Kontostände", "Wie viel da ist", true))));

    private static final ShownDetail PAYMENT = new ShownDetail(
            new Detail("payment", "{\"amount\":\"1.00\",\"type\":\"payment\"}"),
            true,
            List.of(new DetailRow("Amount", "€1.00", DetailRow.HEADLINE)),
            Optional.empty());

    private static RequestingClient client(String legalEntity) {
        return new RequestingClient("acme", "Acme", legalEntity, "https://bank.example/logo", null, null);
    }

    @Test
    void theWordsAreInCanonicalForm() {
        assertThat(ShownText.of(client("Acme GmbH"), GROUPS, "de").content())
                .isEqualTo("{\"client\":{\"clientId\":\"acme\",\"legalEntity\":\"Acme GmbH\",\"name\":\"Acme\"},"
                        + "\"groups\":[{\"permissions\":[{\"detail\":\"Wie viel da ist\",\"required\":true,"
                        + "\"scope\":\"balances\",\"title\":\"Kontostände\"}],\"summary\":null,\"title\":\"Konten\"}],"
                        + "\"language\":\"de\"}");
        assertThat(ShownText.of(client(null), List.of(), "de").content())
                .isEqualTo("{\"client\":{\"clientId\":\"acme\",\"name\":\"Acme\"},\"groups\":[],\"language\":\"de\"}");
    }

    @Test
    void theContentIsInCanonicalFormAndNamedByItsHash() {
        ShownText text = ShownText.of(client(null), GROUPS, "en");

        ShownContent content = ShownContent.of(text, List.of(PAYMENT), "KR-4711");

        assertThat(content.json())
                .isEqualTo("{\"bindingMessage\":\"KR-4711\",\"details\":[{\"detail\":{\"amount\":\"1.00\","
                        + "\"type\":\"payment\"},\"rows\":[{\"emphasis\":1,\"label\":\"Amount\",\"value\":\"€1.00\"}]}],"
                        + "\"text\":\"" + text.hash() + "\"}");
        assertThat(content.hash()).hasSize(43).isEqualTo(Sha256.base64Url(content.json()));
    }

    @Test
    void whereThereIsNoBindingMessageNoneIsNamed() {
        ShownText text = ShownText.of(client(null), GROUPS, "en");

        assertThat(ShownContent.of(text, List.of(), null).json())
                .isEqualTo("{\"details\":[],\"text\":\"" + text.hash() + "\"}");
    }
}
