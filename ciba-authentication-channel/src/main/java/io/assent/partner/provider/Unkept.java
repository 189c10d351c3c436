package io.assent.partner.provider;

import io.assent.partner.revocation.Revocable;
import java.util.Optional;

/**
 * A token that a partner gave in the place of another one, and that nobody keeps.
 *
 * @param before what was refreshed
 */
record Unkept(PartnerToken fresh, PartnerToken before) {

    /**
     * What of it is revoked. Its refresh token is not where the link's may be the same, or of the same login at the
     * partner, which it would end. Where it took the place of the link's, that one is dead already.
     *
     * @param kept what the link has, if it has something
     */
    Revocable beside(Optional<PartnerToken> kept) {
        return kept.isEmpty() || kept.get().equals(before) && isRotated() ? fresh.revocable() : fresh.revocableAccess();
    }

    private boolean isRotated() {
        return !fresh.refreshToken().equals(before.refreshToken());
    }
}
