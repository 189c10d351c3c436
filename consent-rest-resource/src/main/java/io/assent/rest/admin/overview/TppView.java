package io.assent.rest.admin.overview;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.assent.offswitch.OffSwitch;
import io.assent.overview.ClientFigures;
import java.util.List;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;

/**
 * A client that asks customers, with its figures.
 *
 * @param on whether it is served
 * @param mayManage whether the caller may switch it
 */
@JsonInclude
record TppView(
        String id,
        String clientId,
        String name,
        boolean on,
        boolean consentRequired,
        boolean ciba,
        @JsonUnwrapped ClientFigures figures,
        boolean mayManage) {

    static TppView of(RealmModel realm, ClientModel client, ClientFigures figures, boolean mayManage) {
        return new TppView(
                client.getId(),
                client.getClientId(),
                client.getName(),
                !OffSwitch.of(client).isOff(),
                client.isConsentRequired(),
                realm.getCibaPolicy().isOIDCCIBAGrantEnabled(client),
                figures,
                mayManage);
    }

    /**
     * @param next where to go on, or {@code null}
     * @param mayRegister whether the caller may register another one
     */
    @JsonInclude
    record Found(List<TppView> clients, String countedSince, Integer next, boolean mayRegister) {}
}
