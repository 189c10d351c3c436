package io.assent.rest.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.assent.partner.PartnerAccess;
import io.assent.rest.admin.call.ClientView;
import io.assent.rest.admin.call.Clients;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a customer lets the bank see at a partner, as staff see it: by the scopes' names. */
@JsonInclude
record StaffPartnerView(
        String id,
        String pairId,
        String alias,
        ClientView client,
        String status,
        List<String> scopes,
        String connectedAt,
        String endedAt,
        String endedBy) {

    static StaffPartnerView of(PartnerAccess access, Clients clients) {
        return new StaffPartnerView(
                access.id(),
                access.parties().pairId(),
                access.alias(),
                clients.view(access.parties().clientId(), Optional::empty),
                access.status().name().toLowerCase(Locale.ROOT),
                access.granted().stream().sorted().toList(),
                access.connectedAt().toString(),
                access.findEnd().map(end -> end.at().toString()).orElse(null),
                access.findEnd()
                        .map(end -> end.by().name().toLowerCase(Locale.ROOT))
                        .orElse(null));
    }

    /** All that a customer has. */
    @JsonInclude
    record Listed(List<StaffPartnerView> partners) {

        static Listed of(List<PartnerAccess> all, Clients clients) {
            return new Listed(all.stream()
                    .map(access -> StaffPartnerView.of(access, clients))
                    .toList());
        }
    }
}
