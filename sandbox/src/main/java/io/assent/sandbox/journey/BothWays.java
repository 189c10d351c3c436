package io.assent.sandbox.journey;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Both ways: a savings company asks for a customer's balances, and in the same place the bank asks for the customer's
 * savings there. The customer allows a part of each, and allows the second one at the company as well. Then one of both
 * ends, and the other goes on.
 */
final class BothWays {

    /** What asks for this journey on the command line. */
    static final String NAME = "both-ways";

    private static final String COMPANY = "nova-tpp";
    private static final String BALANCES = "accounts.balances";
    private static final Set<String> ASKED = Set.of(BALANCES, "accounts.transactions");
    private static final String POTS = "savings.pots";
    private static final String BINDING_MESSAGE = "BOTH-4";

    private final Transcript transcript;
    private final Realm bank;
    private final Phone phone;
    private final Tpp tpp;
    private final Browser browser;
    private final Duration patience;

    BothWays(Wire wire, Realm bank, Phone phone, Duration patience) {
        this.transcript = wire.transcript();
        this.bank = bank;
        this.phone = phone;
        this.tpp = new Tpp(wire, COMPANY, COMPANY + "-secret");
        this.browser = new Browser(transcript, bank, new Realm(bank.base(), "nova"));
        this.patience = patience;
    }

    void play(PushStream pushes, String customer) throws InterruptedException {
        transcript.step("The customer takes back what there is of before, if anything");
        phone.takeBack(COMPANY);
        Optional<Entry<String, Set<String>>> before = phone.partner(COMPANY);
        if (before.isPresent()) {
            phone.endPartner(before.get().getKey());
        }

        String accessed = grantAPartOfEach(pushes, customer);
        Map<String, String> tokens = fetch();
        endOne(accessed, tokens.get("refresh_token"));
    }

    /** @return the id under which the bank sees something at the company */
    private String grantAPartOfEach(PushStream pushes, String customer) throws InterruptedException {
        transcript.step("The savings company asks the bank to ask the customer");
        tpp.ask(customer, ASKED, BINDING_MESSAGE);

        transcript.step("The phone gets a push, and the app shows what the company may see");
        String requestId = pushes.await(patience);
        phone.open(requestId, BINDING_MESSAGE, ASKED);

        transcript.step("Below it, the app shows what the bank may see at the company");
        if (!phone.partnerOffer(COMPANY).contains(POTS)) {
            throw new JourneyException("the bank does not ask for " + POTS);
        }

        transcript.step("The customer allows a part of each: the balances here, the pots there");
        phone.approve(requestId, Set.of(BALANCES));
        String action = phone.choosePartner(COMPANY, POTS);

        transcript.step("The app opens a browser for the second part: the customer logs in at the bank");
        Browser.Page page = browser.logIn(browser.open(login(action)), customer, customer);
        if (!page.uri().getPath().startsWith("/realms/nova/")) {
            throw new JourneyException("the browser should be at the company, and is at "
                    + page.uri().getPath());
        }

        transcript.step("The browser goes on to the company, where the customer logs in and allows the pots");
        page = browser.allow(browser.logIn(page, customer, customer), POTS);
        if (!page.uri().getPath().equals(bank.path("/sandbox/phone"))) {
            throw new JourneyException("the browser should be back at the app, and is at "
                    + page.uri().getPath());
        }

        transcript.step("The app shows what the customer has at the company");
        Entry<String, Set<String>> partner = phone.partner(COMPANY)
                .orElseThrow(() -> new JourneyException("the bank does not see anything at the company"));
        JsonNode savings = phone.elsewhere(partner.getKey());
        if (!partner.getValue().equals(Set.of(POTS)) || !savings.has("pots") || savings.has("goals")) {
            throw new JourneyException("the bank should see the pots alone, and sees " + partner.getValue());
        }
        transcript.checked("the bank reads the pots, and not the goals");
        return partner.getKey();
    }

    private Map<String, String> fetch() throws InterruptedException {
        transcript.step("The company fetches its tokens");
        Map<String, String> tokens = tpp.poll().orElseThrow(() -> new JourneyException("the company was denied"));
        checkBalancesAlone(tokens);
        return tokens;
    }

    private void endOne(String partnerId, String refreshToken) throws InterruptedException {
        transcript.step("The customer ends what the bank sees at the company");
        phone.endPartner(partnerId);
        if (phone.elsewhere(partnerId).has("pots")) {
            throw new JourneyException("the bank still reads the pots");
        }
        transcript.checked("the bank reads nothing there any more");

        transcript.step("What the company may see goes on");
        checkBalancesAlone(tpp.refresh(refreshToken));
    }

    private void checkBalancesAlone(Map<String, String> tokens) {
        Permissions.require("the company's token", tokens.get("access_token"), Set.of(BALANCES));
        transcript.checked("the company's token has " + BALANCES + " and not accounts.transactions");
    }

    /** The app's own login, with what is to be done in it (RFC 8252, RFC 7636). */
    private URI login(String action) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", "bank-app");
        query.put("redirect_uri", bank.uri("/sandbox/phone").toString());
        query.put("scope", "openid consent-app");
        query.put("code_challenge", Canonical.hash(UUID.randomUUID() + "-" + UUID.randomUUID()));
        query.put("code_challenge_method", "S256");
        query.put("kc_action", action);
        return bank.login(query);
    }
}
