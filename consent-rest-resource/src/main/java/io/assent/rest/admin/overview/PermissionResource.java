package io.assent.rest.admin.overview;

import io.assent.permission.Permission;
import io.assent.permission.PermissionCatalogue;
import io.assent.rest.Responses;
import io.assent.rest.admin.call.StaffCall;
import io.assent.text.Languages;
import io.assent.text.Texts;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;

/** The realm's permissions, which a TPP can be given to ask for. */
@Produces(MediaType.APPLICATION_JSON)
public class PermissionResource {

    private final StaffCall call;

    public PermissionResource(StaffCall call) {
        this.call = call;
    }

    @GET
    public Response list() {
        call.parameters(List.of());
        call.rights().requireListOfClients();
        return Responses.ok(new Listed(PermissionCatalogue.offered(call.realm(), texts()).stream()
                .map(Offered::of)
                .toList()));
    }

    private Texts texts() {
        String preferred = call.session()
                .getContext()
                .getHttpRequest()
                .getHttpHeaders()
                .getHeaderString(HttpHeaders.ACCEPT_LANGUAGE);
        Locale locale = new Languages(call.realm())
                .choose(preferred, call.rights().admin().getUser());
        return Texts.of(call.session(), call.realm(), locale);
    }

    record Listed(List<Offered> permissions) {}

    /** @param title what it allows, in words for customers */
    record Offered(String name, String title) {

        static Offered of(Permission permission) {
            return new Offered(permission.scope(), permission.title());
        }
    }
}
