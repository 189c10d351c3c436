package io.assent.screen.partner;

import io.assent.partner.PartnerPermission;
import io.assent.permission.RequestingClient;
import java.util.List;

/**
 * The page that says what stands when the browser came back from the partner with nothing, as its template reads it
 * under the name {@value #ATTRIBUTE}.
 *
 * @param client the partner as the client that it is in this realm
 * @param why the key of what happened
 * @param settled whether the customer has just answered the client, which stands
 * @param wanted what the bank wanted to see
 * @param connected what it sees, as before
 */
public record PartnerPage(
        RequestingClient client,
        String why,
        boolean settled,
        List<PartnerPermission> wanted,
        List<PartnerPermission> connected) {

    static final String ATTRIBUTE = "partner";

    public PartnerPage {
        wanted = List.copyOf(wanted);
        connected = List.copyOf(connected);
    }
}
