package io.assent.screen.partner;

import io.assent.partner.PartnerOffer;
import io.assent.partner.PartnerPermission;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a consent page shows of the other way round.
 *
 * @param name what customers call the partner
 * @param open what can be ticked
 * @param connected what the bank sees already
 * @param chosen the scopes that are ticked when the page opens: none, unless it is shown again
 */
public record PartnerQuestion(
        String name, List<PartnerPermission> open, List<PartnerPermission> connected, Set<String> chosen) {

    public PartnerQuestion {
        open = List.copyOf(open);
        connected = List.copyOf(connected);
        chosen = Set.copyOf(chosen);
    }

    static PartnerQuestion of(PartnerOffer offer, Set<String> chosen) {
        Set<String> ticked = new LinkedHashSet<>(chosen);
        ticked.retainAll(offer.open().stream().map(PartnerPermission::scope).toList());
        return new PartnerQuestion(offer.name(), offer.open(), offer.connected(), ticked);
    }
}
