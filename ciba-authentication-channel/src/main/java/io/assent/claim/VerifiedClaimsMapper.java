package io.assent.claim;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.protocol.oidc.mappers.AbstractOIDCProtocolMapper;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * Says in the console which verified claims a permission carries. It writes nothing itself: what is told depends on
 * what was asked and granted, which is known where tokens are tied to their consent.
 */
public final class VerifiedClaimsMapper extends AbstractOIDCProtocolMapper {

    public static final String PROVIDER_ID = "assent-verified-claims";

    private static final String CLAIMS = "claims";

    private static final String FRAMEWORKS = "trust_frameworks";

    private static final String EVIDENCE = "evidence";

    private static final String DOCUMENTS = "documents";

    private static final String RECORDS = "electronic_records";

    private static final String CHECK_METHODS = "check_methods";

    /**
     * What one mapper carries.
     *
     * @param claims names of verified claims
     * @param frameworks the trust frameworks under which they are told
     * @param evidence which evidence is told by which they were verified
     */
    public record Carried(Set<String> claims, Set<String> frameworks, CarriedEvidence evidence) {}

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public String getDisplayType() {
        return "Verified claims";
    }

    @Override
    public String getDisplayCategory() {
        return TOKEN_MAPPER_CATEGORY;
    }

    @Override
    public String getHelpText() {
        return "Which verified claims about customers a permission of the group identity carries (OpenID Connect for"
                + " Identity Assurance 1.0). They are told where a client asks for them and the customer grants them.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of(
                property(CLAIMS, "Claims", "Names of verified claims, such as birthdate, with blanks between them"),
                property(
                        FRAMEWORKS,
                        "Trust frameworks",
                        "Under which they were verified, such as de_aml, with blanks between them"),
                property(
                        EVIDENCE,
                        "Evidence",
                        "Types of evidence that clients learn which ask for it, with the numbers of documents: document,"
                                + " electronic_record, vouch, electronic_signature. Nothing: none"),
                property(
                        DOCUMENTS,
                        "Documents",
                        "Types of documents that are told, such as idcard passport; needed with the evidence document"),
                property(
                        RECORDS,
                        "Electronic records",
                        "Types of records that are told, such as bank_account; needed with the evidence"
                                + " electronic_record"),
                property(
                        CHECK_METHODS,
                        "Check methods",
                        "Which checks of the evidence are told, such as vpip vdig. Nothing: none"));
    }

    /** What the mappers of a client scope carry, each for itself. */
    public static Stream<Carried> carried(ClientScopeModel scope) {
        return scope.getProtocolMappersStream()
                .filter(mapper -> PROVIDER_ID.equals(mapper.getProtocolMapper()))
                .map(mapper -> new Carried(
                        words(mapper, CLAIMS),
                        words(mapper, FRAMEWORKS),
                        new CarriedEvidence(
                                words(mapper, EVIDENCE),
                                words(mapper, DOCUMENTS),
                                words(mapper, RECORDS),
                                words(mapper, CHECK_METHODS))));
    }

    private static ProviderConfigProperty property(String name, String label, String help) {
        return new ProviderConfigProperty(name, label, help, ProviderConfigProperty.STRING_TYPE, null);
    }

    /** The names of the verified claims that a client scope carries. */
    public static Set<String> claims(ClientScopeModel scope) {
        return carried(scope).flatMap(carried -> carried.claims().stream()).collect(Collectors.toSet());
    }

    private static Set<String> words(ProtocolMapperModel mapper, String setting) {
        String value = mapper.getConfig().get(setting);
        return value == null || value.isBlank()
                ? Set.of()
                : new LinkedHashSet<>(Arrays.asList(value.strip().split("[\\s,]+")));
    }
}
