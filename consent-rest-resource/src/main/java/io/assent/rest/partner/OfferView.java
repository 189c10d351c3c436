package io.assent.rest.partner;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.assent.partner.PartnerOffer;
import io.assent.rest.partner.PartnerView.Permission;
import java.util.List;

/** What the customer can let the bank see at a partner, as the API shows it. */
@JsonInclude
record OfferView(String alias, String name, List<Permission> permissions, List<Permission> connected) {

    static OfferView of(PartnerOffer offer) {
        return new OfferView(
                offer.alias(), offer.name(), Permission.of(offer.open()), Permission.of(offer.connected()));
    }
}
