package io.assent.sandbox.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Identity, claim by claim: a savings company asks who the customer is, by name and address, and for what the bank has
 * verified. The customer reads what for, and each value masked, and keeps the address. ID token, userinfo and
 * introspection tell the rest, each what was asked of it. Then the customer takes it back, and nothing is told.
 */
final class Identity {

    /** What asks for this journey on the command line. */
    static final String NAME = "identity";

    private static final String COMPANY = "nova-tpp";
    private static final String API = "sandbox-bank";
    private static final String BALANCES = "accounts.balances";
    private static final String PERSON = "identity.name";
    private static final String ADDRESS = "identity.address";
    private static final String VERIFIED = "identity.verified";
    private static final String BINDING_MESSAGE = "WHO-5";
    private static final String PURPOSE = "To open your savings account";

    /** The ID token is asked for less than userinfo; the name and the address are told at both. */
    private static final String CLAIMS = """
            {"id_token":{"name":null,"verified_claims":{
               "verification":{"trust_framework":{"value":"de_aml"}},
               "claims":{"age_over_18":{"purpose":"%s"}}}},
             "userinfo":{"address":null,"verified_claims":{
               "verification":{"trust_framework":{"value":"de_aml"},"time":null},
               "claims":{"age_over_18":{"purpose":"%s"},"nationality":null,"birth_name":null}}}}""".formatted(PURPOSE, PURPOSE).replaceAll("\n *", "");

    private final Wire wire;
    private final Transcript transcript;
    private final Phone phone;
    private final Tpp tpp;
    private final Duration patience;

    Identity(Wire wire, Phone phone, Duration patience) {
        this.wire = wire;
        this.transcript = wire.transcript();
        this.phone = phone;
        this.tpp = new Tpp(wire, COMPANY, COMPANY + "-secret");
        this.patience = patience;
    }

    void play(PushStream pushes, String customer) throws InterruptedException {
        transcript.step("The customer takes back what the company has, if anything, so that it has to ask");
        phone.takeBack(COMPANY);

        grantAPart(pushes, customer);
        Map<String, String> tokens = fetch();
        read(tokens);

        transcript.step("The company refreshes its tokens");
        Map<String, String> refreshed = tpp.refresh(tokens.get("refresh_token"));
        checkIdToken(refreshed.get("id_token"));

        end(refreshed.get("access_token"));
    }

    private void grantAPart(PushStream pushes, String customer) throws InterruptedException {
        transcript.step("The company asks for the balances, and by claims who the customer is");
        tpp.ask(customer, Set.of(BALANCES), BINDING_MESSAGE, Map.of("claims", CLAIMS));

        transcript.step("The phone gets a push, and the app shows each value masked, and what it is wanted for");
        String requestId = pushes.await(patience);
        JsonNode request = phone.open(requestId, BINDING_MESSAGE, Set.of(BALANCES, PERSON, ADDRESS, VERIFIED));
        checkShown(request);

        transcript.step("The customer allows all but the address");
        phone.approve(requestId, Set.of(BALANCES, PERSON, VERIFIED));
    }

    private void checkShown(JsonNode request) {
        List<String> names = request.findValuesAsText("name");
        if (!names.containsAll(List.of("name", "address", "age_over_18", "nationality"))
                || names.contains("birth_name")) {
            throw new JourneyException("the app should show the four claims that the bank has, and shows " + names);
        }
        for (JsonNode claims : request.findValues("claims")) {
            for (JsonNode claim : claims) {
                if (!claim.path("value").asText().contains("•")) {
                    throw new JourneyException("the value of " + claim.path("name") + " is not masked");
                }
            }
        }
        transcript.checked("the values are masked");
        if (request.findValuesAsText("detail").stream().noneMatch(detail -> detail.contains(PURPOSE))) {
            throw new JourneyException("the app does not say what the claims are wanted for");
        }
        transcript.checked("the app says what they are wanted for");
    }

    private Map<String, String> fetch() throws InterruptedException {
        transcript.step("The company fetches its tokens");
        Map<String, String> tokens = tpp.poll().orElseThrow(() -> new JourneyException("the company was denied"));
        String accessToken = tokens.get("access_token");
        Permissions.require("the access token", accessToken, Set.of(BALANCES, PERSON, VERIFIED));
        JsonNode claims = Jwt.claims(accessToken);
        if (claims.has("name") || claims.has("address") || claims.has("verified_claims")) {
            throw new JourneyException("the access token tells who the customer is");
        }
        transcript.checked("the access token names the permissions, and tells nothing of the customer");
        checkIdToken(tokens.get("id_token"));
        return tokens;
    }

    private void checkIdToken(String idToken) {
        check("the ID token", Jwt.claims(idToken), Set.of("age_over_18"));
    }

    private void read(Map<String, String> tokens) throws InterruptedException {
        transcript.step("The company asks userinfo");
        JsonNode userinfo = userinfo(tokens.get("access_token")).expect(200).body();
        check("userinfo", userinfo, Set.of("age_over_18", "nationality"));
        if (!userinfo.at("/verified_claims/verification").has("time")) {
            throw new JourneyException("userinfo does not tell when it was verified, which was asked for");
        }

        transcript.step("The bank's API asks about the token");
        JsonNode known = introspect(tokens.get("access_token"));
        if (known.has("address")) {
            throw new JourneyException("introspection tells the address, which the customer kept");
        }
        Set<String> told = new LinkedHashSet<>();
        known.path("verified_claims").findValues("claims").forEach(claims -> claims.fieldNames()
                .forEachRemaining(told::add));
        if (!told.equals(Set.of("age_over_18", "nationality"))) {
            throw new JourneyException("introspection should tell the two verified claims, and tells " + told);
        }
        transcript.checked("introspection tells the verified claims, and no address");
    }

    /** What is told where the company reads it. */
    private void check(String where, JsonNode told, Set<String> verified) {
        Set<String> claims = new LinkedHashSet<>();
        told.at("/verified_claims/claims").fieldNames().forEachRemaining(claims::add);
        if (!told.has("name") || told.has("address") || !claims.equals(verified)) {
            throw new JourneyException(where + " should tell the name, no address, and of what was verified " + verified
                    + ", not " + claims);
        }
        transcript.note(
                "name = " + told.path("name").asText() + ", verified_claims = " + told.at("/verified_claims/claims"));
        transcript.checked(where + " tells what was asked of it and granted, and no address");
    }

    private void end(String accessToken) throws InterruptedException {
        transcript.step("The customer takes it back");
        phone.takeBack(COMPANY);

        transcript.step("The company asks userinfo once more");
        userinfo(accessToken).expect(401);
        if (introspect(accessToken).path("active").asBoolean()) {
            throw new JourneyException("the token is good although its consent ended");
        }
        transcript.checked("nothing is told any more");
    }

    private Answer userinfo(String accessToken) throws InterruptedException {
        return wire.api(
                "GET",
                "/protocol/openid-connect/userinfo",
                accessToken,
                MissingNode.getInstance(),
                new LinkedHashSet<>(List.of("/name", "/verified_claims", "/error")));
    }

    private JsonNode introspect(String accessToken) throws InterruptedException {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("client_id", API);
        form.put("client_secret", API + "-secret");
        form.put("token", accessToken);
        return wire.form(
                        "/protocol/openid-connect/token/introspect",
                        form,
                        new LinkedHashSet<>(List.of("/active", "/scope", "/verified_claims")))
                .expect(200)
                .body();
    }
}
