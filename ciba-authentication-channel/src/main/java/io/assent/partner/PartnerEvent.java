package io.assent.partner;

import io.assent.server.AssentEvent;

/** What happens to a {@link PartnerAccess}, told within the transaction in which it happens. */
public sealed interface PartnerEvent extends AssentEvent {

    PartnerAccess access();

    /** The partner gave its token. */
    record Connected(PartnerAccess access) implements PartnerEvent {}

    /** The bank sees nothing any more, unless another access took the place of this one. */
    record Ended(PartnerAccess access) implements PartnerEvent {}
}
