package io.assent.sandbox.journey;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The redirect journey: a TPP sends the customer's browser to the bank, whose page shows a code; the app scans it,
 * shows where it comes from, and answers; the browser goes on to the TPP. Then a payment, for which the browser wants
 * digits that the phone shows. Then somebody who passes the code of his own browser on to the customer.
 */
final class AppLink {

    /** What asks for this journey on the command line. */
    static final String NAME = "app-link";

    private static final String TPP = "nova-tpp";
    private static final String BALANCES = "accounts.balances";
    private static final String TRANSACTIONS = "accounts.transactions";
    private static final Set<String> ASKED = Set.of(BALANCES, TRANSACTIONS);
    private static final Set<String> PAYMENT = Set.of(Payment.SCOPE);

    /** How often the browser may send digits. */
    private static final int TRIES = 3;

    private final Wire wire;
    private final Transcript transcript;
    private final Realm realm;
    private final Phone phone;

    AppLink(Wire wire, Realm realm, Phone phone) {
        this.wire = wire;
        this.transcript = wire.transcript();
        this.realm = realm;
        this.phone = phone;
    }

    void play(String customer) throws InterruptedException {
        grantAPart(customer);
        pay();
        passOn();
    }

    private void grantAPart(String customer) throws InterruptedException {
        transcript.step("The customer takes back what a TPP has, if anything, so that it has to ask");
        phone.takeBack(TPP);

        RedirectTpp tpp = new RedirectTpp(wire, realm, TPP);
        Browser browser = new Browser(transcript, realm);

        transcript.step("The TPP sends the customer's browser to the bank");
        Browser.Page page = browser.open(tpp.question(ASKED, Map.of()));
        URI link = page.link();
        transcript.checked("the page shows a code, and asks for no name and no password");

        transcript.step("The customer scans it with the app");
        JsonNode request = phone.scan(link, ASKED);
        checkOrigin(request);

        transcript.step("Somebody else scans it, too");
        Phone other = new Phone(wire);
        other.logIn("bob", "bob");
        other.scanInVain(link);
        transcript.checked("a code is good for one phone");

        transcript.step("The customer allows the balances alone");
        JsonNode decided = phone.approve(request.path("id").asText(), Set.of(BALANCES));
        if (decided.at("/link").hasNonNull("code")) {
            throw new JourneyException("digits are asked for, of a browser in the phone's own network");
        }

        transcript.step("The browser goes on to the TPP");
        page = browser.lookAgain(page);

        transcript.step("The TPP exchanges the code");
        String token = tpp.redeem(page.back()).get("access_token");
        Permissions.require("the token", token, Set.of(BALANCES));
        JsonNode claims = Jwt.claims(token);
        transcript.note(
                "sub = " + Transcript.presentable("id", claims.path("sub").asText()) + ", who is " + customer);
        transcript.checked("the token has " + BALANCES + " and not " + TRANSACTIONS);
    }

    private void pay() throws InterruptedException {
        RedirectTpp tpp = new RedirectTpp(wire, realm, TPP);
        Browser browser = new Browser(transcript, realm);

        transcript.step("The TPP asks for one payment in the same way");
        Browser.Page page = browser.open(tpp.question(PAYMENT, payment()));

        transcript.step("The customer scans the code");
        JsonNode request = phone.scan(page.link(), PAYMENT);

        transcript.step("The customer allows the payment, signed by the phone, which shows six digits");
        String digits = allow(request);

        transcript.step("The browser does not go on without them");
        page = browser.lookAgain(page);
        if (!page.wantsDigits()) {
            throw new JourneyException("the page in the browser does not ask for the digits");
        }
        transcript.checked("the page asks for the digits");

        transcript.step("The customer types them into the browser");
        page = browser.enter(page, digits);

        transcript.step("The TPP exchanges the code");
        JsonNode detail =
                Jwt.claims(tpp.redeem(page.back()).get("access_token")).at("/authorization_details/0");
        transcript.note("authorization_details = " + detail.at("/instructedAmount") + " to "
                + detail.path("creditorName").asText());
        if (!detail.path("instructedAmount").equals(Payment.detail().path("instructedAmount"))) {
            throw new JourneyException("the token does not carry the payment that the phone showed");
        }
        transcript.checked("the token carries the payment as the phone showed it");
    }

    private void passOn() throws InterruptedException {
        transcript.step("The customer takes all of that back");
        phone.takeBack(TPP);

        RedirectTpp tpp = new RedirectTpp(wire, realm, TPP);
        Browser thief = new Browser(transcript, realm);

        transcript.step("Somebody opens the page in a browser of his own, and sends the customer its code");
        Browser.Page page = thief.open(tpp.question(PAYMENT, payment()));

        transcript.step("The customer believes him, scans it and allows the payment");
        JsonNode request = phone.scan(page.link(), PAYMENT);
        String digits = allow(request);

        transcript.step("His browser has to guess the digits");
        for (int guesses = 0; guesses < TRIES; guesses++) {
            page = thief.lookAgain(page);
            page = thief.enter(page, wrong(digits, guesses));
        }
        page = page.left() ? page : thief.lookAgain(page);
        String error = tpp.refused(page.back());
        transcript.note("error = " + error);
        transcript.checked("after three wrong tries the login is over, and the TPP has no code");

        transcript.step("What the customer allowed is withdrawn");
        String status = phone.status(request);
        if (!status.equals("withdrawn")) {
            throw new JourneyException("the request should be withdrawn, and is " + status);
        }
        transcript.checked("nothing can be fetched any more");
    }

    private static Map<String, String> payment() {
        return Map.of("authorization_details", "[" + Payment.detail() + "]");
    }

    private String allow(JsonNode request) throws InterruptedException {
        JsonNode decided = phone.sign(request, PAYMENT, List.of(Payment.withAccount(request)));
        String digits = decided.at("/link/code").asText();
        if (!digits.matches("[0-9]{6}")) {
            throw new JourneyException("the phone has no digits to show");
        }
        return digits;
    }

    private static String wrong(String digits, int guess) {
        return "%06d".formatted((Integer.parseInt(digits) + 1 + guess) % 1_000_000);
    }

    private void checkOrigin(JsonNode request) {
        JsonNode link = request.path("link");
        transcript.note("began in " + link.path("browser").asText() + " on "
                + link.path("system").asText() + ", at "
                + link.path("domain").asText());
        if (!link.path("domain").asText().equals("localhost")
                || !link.path("browser").asText().equals("Firefox")) {
            throw new JourneyException("the phone does not show where it began");
        }
        if (link.path("numberRequired").asBoolean()) {
            throw new JourneyException("a number is asked for, of a phone that scanned");
        }
        transcript.checked("the phone shows where it began");
    }
}
