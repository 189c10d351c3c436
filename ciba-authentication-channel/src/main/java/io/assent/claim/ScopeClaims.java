package io.assent.claim;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.protocol.ProtocolMapperUtils;
import org.keycloak.protocol.oidc.mappers.AddressMapper;
import org.keycloak.protocol.oidc.mappers.AudienceProtocolMapper;
import org.keycloak.protocol.oidc.mappers.AudienceResolveProtocolMapper;
import org.keycloak.protocol.oidc.mappers.FullNameMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAttributeMapperHelper;
import org.keycloak.protocol.oidc.mappers.UserAttributeMapper;
import org.keycloak.protocol.oidc.mappers.UserPropertyMapper;
import org.keycloak.representations.AddressClaimSet;
import org.keycloak.utils.JsonUtils;

/** The claims that a client scope carries, as its protocol mappers say it in the console. */
public final class ScopeClaims {

    /** What a token says of itself: no claim about a customer, whatever mapper writes it. */
    static final Set<String> OF_THE_TOKEN = Set.of(
            "acr",
            "allowed-origins",
            "amr",
            "at_hash",
            "aud",
            "auth_time",
            "authorization_details",
            "azp",
            "c_hash",
            "client_id",
            "cnf",
            "content_hash",
            "exp",
            "grant_id",
            "iat",
            "iss",
            "jti",
            "nbf",
            "nonce",
            "realm_access",
            "resource_access",
            "s_hash",
            "scope",
            "session_state",
            "sid",
            "sub",
            "txn",
            "typ",
            VerifiedWish.NAME);

    /** Mappers that write no claim about a customer by themselves. */
    private static final Set<String> OF_NO_CLAIM = Set.of(
            AudienceProtocolMapper.PROVIDER_ID,
            AudienceResolveProtocolMapper.PROVIDER_ID,
            VerifiedClaimsMapper.PROVIDER_ID);

    /** Mappers whose claim is always the same. */
    private static final Map<String, String> FIXED =
            Map.of(FullNameMapper.PROVIDER_ID, "name", AddressMapper.PROVIDER_ID, "address");

    private final Map<String, ProtocolMapperModel> mappers;
    private final boolean clear;
    private final Set<String> verified;

    private ScopeClaims(Map<String, ProtocolMapperModel> mappers, boolean clear, Set<String> verified) {
        this.mappers = mappers;
        this.clear = clear;
        this.verified = verified;
    }

    public static ScopeClaims of(ClientScopeModel scope) {
        Map<String, ProtocolMapperModel> mappers = new TreeMap<>();
        carrying(scope).forEach(mapper -> claim(mapper).ifPresent(name -> mappers.putIfAbsent(name, mapper)));
        mappers.keySet().removeAll(OF_THE_TOKEN);
        return new ScopeClaims(
                mappers,
                carrying(scope).allMatch(mapper -> claim(mapper).isPresent()),
                VerifiedClaimsMapper.claims(scope));
    }

    private static Stream<ProtocolMapperModel> carrying(ClientScopeModel scope) {
        return scope.getProtocolMappersStream().filter(mapper -> !OF_NO_CLAIM.contains(mapper.getProtocolMapper()));
    }

    /** The name of the claim itself, where a mapper writes into a part of it. */
    private static Optional<String> claim(ProtocolMapperModel mapper) {
        return Optional.ofNullable(FIXED.get(mapper.getProtocolMapper()))
                .or(() -> Optional.ofNullable(mapper.getConfig().get(OIDCAttributeMapperHelper.TOKEN_CLAIM_NAME))
                        .filter(name -> !name.isBlank())
                        .map(name -> JsonUtils.splitClaimPath(name).get(0)));
    }

    public Set<String> names() {
        return mappers.keySet();
    }

    /** The names of the claims that it carries as they were verified. */
    public Set<String> verified() {
        return verified;
    }

    /** Whether of each mapper it is known which claim it writes, so that some of them can be kept back. */
    public boolean isClear() {
        return clear;
    }

    /** A claim's value for a customer, masked; empty where there is none, or a mapper makes it that is not known. */
    Optional<String> masked(String claim, UserModel user) {
        return Optional.ofNullable(mappers.get(claim))
                .flatMap(mapper -> value(mapper, user))
                .filter(value -> !value.isBlank())
                .map(value -> MaskedValue.of(value));
    }

    private static Optional<String> value(ProtocolMapperModel mapper, UserModel user) {
        Function<String, String> config = mapper.getConfig()::get;
        return switch (mapper.getProtocolMapper()) {
            case UserAttributeMapper.PROVIDER_ID ->
                KeycloakModelUtils.resolveAttribute(user, config.apply(ProtocolMapperUtils.USER_ATTRIBUTE), false)
                        .stream()
                        .findFirst();
            case UserPropertyMapper.PROVIDER_ID ->
                Optional.ofNullable(
                        ProtocolMapperUtils.getUserModelValue(user, config.apply(ProtocolMapperUtils.USER_ATTRIBUTE)));
            case FullNameMapper.PROVIDER_ID ->
                Optional.of(Stream.of(user.getFirstName(), user.getLastName())
                        .filter(name -> name != null)
                        .collect(Collectors.joining(" ")));
            case AddressMapper.PROVIDER_ID ->
                Stream.of(AddressClaimSet.FORMATTED, AddressMapper.STREET, AddressClaimSet.LOCALITY)
                        .map(AddressMapper::getModelPropertyName)
                        .map(config)
                        .filter(attribute -> attribute != null)
                        .flatMap(attribute -> KeycloakModelUtils.resolveAttribute(user, attribute, false).stream())
                        .findFirst();
            default -> Optional.empty();
        };
    }
}
