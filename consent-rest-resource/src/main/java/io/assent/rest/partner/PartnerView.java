package io.assent.rest.partner;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.assent.partner.PartnerAccess;
import io.assent.partner.PartnerPermission;
import io.assent.partner.Partners;
import io.assent.text.Texts;
import java.util.List;
import java.util.Locale;

/** What the bank may see at a partner, or might, as the API shows it. */
@JsonInclude
record PartnerView(
        String id,
        String pairId,
        String alias,
        String name,
        String clientId,
        String status,
        List<Permission> permissions,
        String connectedAt,
        String endedAt,
        String endedBy) {

    /**
     * @param name what customers call the partner
     * @param clientId by which the partner asks customers here, or {@code null} where that client is gone
     */
    static PartnerView of(PartnerAccess access, String name, String clientId, Texts texts) {
        return new PartnerView(
                access.id(),
                access.parties().pairId(),
                access.alias(),
                name,
                clientId,
                word(access.status()),
                Permission.of(Partners.words(access.alias(), access.granted(), texts)),
                access.connectedAt().toString(),
                access.findEnd().map(end -> end.at().toString()).orElse(null),
                access.findEnd().map(end -> word(end.by())).orElse(null));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** A page of a list. */
    @JsonInclude
    record Listed(List<PartnerView> partners, String next) {}

    /** Something that the bank may see. */
    @JsonInclude
    record Permission(String scope, String title, String detail) {

        static List<Permission> of(List<PartnerPermission> permissions) {
            return permissions.stream()
                    .map(permission -> new Permission(permission.scope(), permission.title(), permission.detail()))
                    .toList();
        }
    }
}
