package io.assent.partner;

import java.util.List;

/**
 * What a customer can let the bank see at a partner.
 *
 * @param alias of the identity provider that the partner is
 * @param name what customers call the partner
 * @param open what can be chosen, one at the least
 * @param connected what the bank sees already
 */
public record PartnerOffer(String alias, String name, List<PartnerPermission> open, List<PartnerPermission> connected) {

    public PartnerOffer {
        open = List.copyOf(open);
        connected = List.copyOf(connected);
    }
}
