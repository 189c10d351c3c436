package io.assent.rest.partner;

import io.assent.partner.PartnerAccess;

/**
 * What the customer wants the bank to see, as the API shows it.
 *
 * @param action what the app names as {@code kc_action} in the browser that it opens
 * @param expiresAt how long the customer has for it
 */
record WishView(String id, String action, String expiresAt) {

    static WishView of(PartnerAccess wish) {
        return new WishView(
                wish.id(),
                PartnerAccess.ACTION + ":" + wish.id(),
                wish.createdAt().plus(PartnerAccess.WISH_VALIDITY).toString());
    }
}
