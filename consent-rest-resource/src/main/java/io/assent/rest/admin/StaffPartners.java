package io.assent.rest.admin;

import io.assent.partner.EndResult;
import io.assent.partner.PartnerAccess;
import io.assent.partner.PartnerAccess.Ender;
import io.assent.partner.Partners;
import io.assent.rest.Problem;
import io.assent.rest.Uuids;
import io.assent.rest.admin.call.StaffCall;
import io.assent.server.Customer;
import io.assent.server.EventDetails;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What staff see and end of what a customer lets the bank see at partners. */
final class StaffPartners {

    /** A customer has few: one at each partner, and those that ended. */
    static final int MOST = 100;

    private final StaffCall call;
    private final Partners partners;

    StaffPartners(StaffCall call, Partners partners) {
        this.call = call;
        this.partners = partners;
    }

    /** Newest first. */
    List<PartnerAccess> list(String customerId) {
        return partners.list(customer(customerId), Optional.empty(), MOST);
    }

    /** A repeat finds nothing to do. */
    void end(String customerId, String id) {
        Customer customer = customer(customerId);
        call.rights().requireManageOfCustomer(customer.userId());
        EndResult result = Uuids.normalized(id)
                .flatMap(known -> partners.end(customer, known, Ender.STAFF))
                .orElseThrow(() -> Problem.notFound("The customer has let the bank see no such thing.")
                        .toException());
        if (result instanceof EndResult.Ended ended) {
            String access = ended.access().id();
            call.events()
                    .tell(
                            Map.of(EventDetails.PARTNER_ACCESS_ID, access),
                            String.join("/", "customers", customer.userId(), "partners", access, "end"));
        }
    }

    private Customer customer(String id) {
        return Customer.of(call.realm(), call.customer(id));
    }
}
