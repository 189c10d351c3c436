package io.assent.rest.app;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.assent.block.Block;
import io.assent.permission.RequestingClient;
import io.assent.text.Texts;
import java.util.List;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/** A block as the API shows it. */
@JsonInclude
record BlockView(RequestView.Client client, String blockedAt, boolean reported) {

    static BlockView of(KeycloakSession session, Block block, ClientModel client, Texts texts) {
        return new BlockView(
                RequestView.Client.of(RequestingClient.of(session, client, texts)),
                block.since().toString(),
                block.reported());
    }

    /** A page of a list. */
    @JsonInclude
    record Listed(List<BlockView> blocks, String next) {}
}
