package io.assent.rest.admin.change;

import io.assent.following.Following;
import io.assent.permission.change.ChangedPermissions;
import io.assent.permission.change.Changes;
import io.assent.permission.change.InvalidChangeException;
import io.assent.permission.change.PutResult;
import io.assent.rest.Cursor;
import io.assent.rest.JsonBody;
import io.assent.rest.ListQuery;
import io.assent.rest.Problem;
import io.assent.rest.Responses;
import io.assent.rest.TextRule;
import io.assent.rest.admin.call.Parameters;
import io.assent.rest.admin.call.StaffCall;
import io.assent.server.ServerTime;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** How the realm's permissions change. */
@Produces(MediaType.APPLICATION_JSON)
public class ChangesResource {

    public static final List<String> DRY_RUN_PARAMETERS = List.of("after", "max");

    /** Consents of one step of a dry run. */
    private static final int MOST = 1_000;

    private static final TextRule CURSOR = new TextRule(Cursor.MAX_LENGTH, Pattern.compile("[A-Za-z0-9_-]+"));

    private final StaffCall call;
    private final ChangedPermissions permissions;
    private final Following following;

    public ChangesResource(StaffCall call) {
        this.call = call;
        permissions = ChangedPermissions.of(call.realm());
        following = Following.of(call.session());
    }

    @GET
    public Response get() {
        call.parameters(List.of());
        call.rights().requireViewOfPermissions();
        return Responses.ok(view(permissions.current()));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public Response put(InputStream body) {
        call.rights().requireManageOfPermissions();
        Changes before = permissions.current();
        Changes checked = checked(before, body);
        return Responses.ok(view(checked.equals(before) ? before : put(before, checked)));
    }

    /** @return what is in force then: the same may have come at once, twice */
    private Changes put(Changes before, Changes checked) {
        PutResult result = permissions.put(call.session(), before, checked);
        if (result instanceof PutResult.Stale) {
            throw stale("The changes were changed just now: read them, and go on from that.");
        }
        if (result instanceof PutResult.DoneBefore same) {
            return same.inForce();
        }
        call.events().tell(Map.of(), "permissions/changes/put");
        return checked;
    }

    @POST
    @Path("dry-run")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response dryRun(InputStream body) {
        call.rights().requireManageOfPermissions();
        Parameters parameters = call.parameters(DRY_RUN_PARAMETERS);
        ListQuery page = ListQuery.of(parameters.text("after", CURSOR).orElse(null), null);
        int max = parameters.number("max", MOST, 1, MOST);
        Changes checked = checked(permissions.current(), body);
        return Responses.ok(ForecastView.of(following.forecast(call.realm(), checked, page.after(), max)));
    }

    /** Repeated, what is in force already is taken whatever version it goes on from. */
    private Changes checked(Changes before, InputStream body) {
        SentChanges sent = SentChanges.read(JsonBody.read(call.session(), body));
        try {
            Changes checked = permissions.check(sent.changes(), ServerTime.now());
            if (!checked.equals(before) && sent.version() != before.version()) {
                throw stale(
                        "The changes were changed since: read version " + before.version() + ", and go on from that.");
            }
            return checked;
        } catch (InvalidChangeException invalid) {
            throw Problem.invalidChange(invalid.changeId().orElse(null), invalid.getMessage())
                    .toException();
        }
    }

    private static WebApplicationException stale(String detail) {
        return Problem.staleVersion(detail).toException();
    }

    private ChangesView view(Changes changes) {
        return ChangesView.of(changes, following.progress(call.realm()));
    }
}
