package io.assent.rest.admin.overview;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.assent.block.Block;
import io.assent.overview.BlockList;
import io.assent.overview.BlockQuery;
import io.assent.rest.Responses;
import io.assent.rest.TextRule;
import io.assent.rest.admin.call.ClientView;
import io.assent.rest.admin.call.Clients;
import io.assent.rest.admin.call.Parameters;
import io.assent.rest.admin.call.StaffCall;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which customers want no question of which TPP any more. */
@Produces(MediaType.APPLICATION_JSON)
public class BlockResource {

    public static final List<String> PARAMETERS = List.of("customer", "client", "reported", "first", "max");

    private static final int DEFAULT_MAX = 20;
    private static final int LARGEST_MAX = 100;

    /** To pass over rows costs as much as to read them. */
    private static final int LARGEST_FIRST = 10_000;

    private final StaffCall call;

    public BlockResource(StaffCall call) {
        this.call = call;
    }

    @GET
    public Response list() {
        Parameters parameters = call.parameters(PARAMETERS);
        Optional<String> customer = parameters.text("customer", TextRule.USER_ID);
        Optional<String> client = parameters.text("client", TextRule.CLIENT_ID);
        boolean reported = parameters.choose("reported", false, Map.of("true", true, "false", false));
        int first = parameters.number("first", 0, 0, LARGEST_FIRST);
        int max = parameters.number("max", DEFAULT_MAX, 1, LARGEST_MAX);
        customer.ifPresentOrElse(call.rights()::requireViewOfCustomer, call.rights()::requireViewOfAllCustomers);
        List<Block> found = BlockList.of(call.session())
                .search(
                        new BlockQuery(
                                call.realm().getId(), customer, client.map(call.clients()::internalId), reported),
                        first,
                        max + 1);
        boolean more = found.size() > max && first + max <= LARGEST_FIRST;
        return Responses.ok(new Found(
                found.stream()
                        .limit(max)
                        .map(block -> BlockView.of(block, call.clients()))
                        .toList(),
                more ? first + max : null));
    }

    /** @param next where to go on, or {@code null} */
    @JsonInclude
    record Found(List<BlockView> blocks, Integer next) {}

    /** @param reportedAt or {@code null} */
    @JsonInclude
    record BlockView(String customerId, ClientView client, String since, String reportedAt) {

        static BlockView of(Block block, Clients clients) {
            return new BlockView(
                    block.parties().userId(),
                    clients.view(block.parties().clientId(), Optional::empty),
                    block.since().toString(),
                    Optional.ofNullable(block.reportedAt())
                            .map(Instant::toString)
                            .orElse(null));
        }
    }
}
