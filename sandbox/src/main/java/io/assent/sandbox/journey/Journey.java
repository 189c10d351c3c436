package io.assent.sandbox.journey;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Plays a whole consent through the public interfaces of a running server with the development realm, and prints what
 * goes over the wire: a TPP asks, the customer's phone gets a push, the customer grants a part, the TPP's token carries
 * exactly that part. Then the TPP asks again, and the customer says no. Then a payment service asks for one payment,
 * the phone signs it, and the bank's API carries it out as the phone showed it.
 *
 * <p>Or the same where the TPP sends the customer's browser, whose page shows a code that the phone scans; or where the
 * bank asks for something at the TPP as well; or where a company asks who the customer is; or where the bank's
 * permissions change while a consent stands.
 *
 * <p>Ends with exit code 0 when everything was as it should be; otherwise with 1, and says which step failed and why.
 * Every wait is bounded.
 */
public final class Journey {

    private static final List<String> NAMES =
            List.of(AppLink.NAME, BothWays.NAME, Identity.NAME, ChangedPermissions.NAME);

    private static final String CUSTOMER = "alice";
    private static final String TPP = "acme-aisp";

    private static final String BALANCES = "accounts.balances";
    private static final String TRANSACTIONS = "accounts.transactions";
    private static final Set<String> ASKED = Set.of(BALANCES, TRANSACTIONS);
    private static final Set<String> GRANTED = Set.of(BALANCES);

    private static final Duration PUSH_ARRIVES_WITHIN = Duration.ofSeconds(15);

    private final Transcript transcript;
    private final Phone phone;
    private final Tpp tpp;
    private final Payment payment;
    private final AppLink appLink;
    private final BothWays bothWays;
    private final Identity identity;
    private final ChangedPermissions changedPermissions;

    private Journey(Realm realm, Transcript transcript) {
        Wire wire = new Wire(realm, transcript);
        this.transcript = transcript;
        this.phone = new Phone(wire);
        this.tpp = new Tpp(wire, TPP, TPP + "-secret");
        this.payment = new Payment(wire, phone, PUSH_ARRIVES_WITHIN);
        this.appLink = new AppLink(wire, realm, phone);
        this.bothWays = new BothWays(wire, realm, phone, PUSH_ARRIVES_WITHIN);
        this.identity = new Identity(wire, phone, PUSH_ARRIVES_WITHIN);
        this.changedPermissions = new ChangedPermissions(wire, realm, phone, PUSH_ARRIVES_WITHIN);
    }

    /**
     * Arguments: the server's base URL, such as {@code http://localhost:8080}, and the realm's name; and
     * {@code app-link} for the journey of a browser, {@code both-ways} for that of a company which is the bank's
     * partner, {@code identity} for that of a company which asks who the customer is, or {@code changed-permissions}
     * for that of permissions which change.
     */
    public static void main(String[] arguments) {
        String name = arguments.length == 3 ? arguments[2] : "";
        if (arguments.length < 2 || arguments.length > 3 || !name.isEmpty() && !NAMES.contains(name)) {
            System.err.println("Usage: Journey <base URL> <realm> [" + String.join(" | ", NAMES)
                    + "], as in: Journey http://localhost:8080 bank");
            System.exit(2);
        }
        Journey journey = new Journey(new Realm(URI.create(arguments[0]), arguments[1]), new Transcript(System.out));
        try {
            System.exit(journey.succeeds(name) ? 0 : 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            System.exit(1);
        }
    }

    private boolean succeeds(String name) throws InterruptedException {
        return switch (name) {
            case AppLink.NAME ->
                succeeds(
                        () -> appLink.play(CUSTOMER),
                        "The tokens carry exactly what the customer granted, and who passed a code on got nothing.");
            case BothWays.NAME ->
                succeeds(
                        () -> withPushes(pushes -> bothWays.play(pushes, CUSTOMER)),
                        "Each side saw exactly what the customer granted, and one ended without the other.");
            case Identity.NAME ->
                succeeds(
                        () -> withPushes(pushes -> identity.play(pushes, CUSTOMER)),
                        "The company learned what was asked for and granted, where it was asked for, and nothing else.");
            case ChangedPermissions.NAME ->
                succeeds(
                        () -> withPushes(pushes -> changedPermissions.play(pushes, CUSTOMER)),
                        "No token ever carried more than the customer granted.");
            default ->
                succeeds(
                        () -> withPushes(this::grantDenyAndPay),
                        "The tokens carry exactly what the customer granted, and the bank paid exactly that.");
        };
    }

    private boolean succeeds(Part part, String result) throws InterruptedException {
        try {
            play(part);
            transcript.success(result);
            return true;
        } catch (JourneyException e) {
            transcript.failure(e.getMessage());
            tidyUp();
            return false;
        }
    }

    private void play(Part part) throws InterruptedException {
        transcript.step("The customer logs in to the bank's app");
        phone.logIn(CUSTOMER, CUSTOMER);

        transcript.step("The app registers this phone for pushes, with a key that the phone made");
        phone.register();

        part.play();

        transcript.step("The app removes this phone");
        phone.unregister();
    }

    private void withPushes(PushedPart part) throws InterruptedException {
        transcript.step("The phone waits for pushes");
        try (PushStream pushes = phone.listen()) {
            part.play(pushes);
        }
    }

    private void grantDenyAndPay(PushStream pushes) throws InterruptedException {
        grantAPart(pushes);
        deny(pushes);
        payment.play(pushes, CUSTOMER);
    }

    /** What failed may be the reason that this fails, too, and is what the reader has to know. */
    private void tidyUp() throws InterruptedException {
        if (phone.registered()) {
            try {
                phone.unregister();
            } catch (JourneyException e) {
                transcript.note("The phone stays registered: " + e.getMessage());
            }
        }
    }

    private void grantAPart(PushStream pushes) throws InterruptedException {
        String requestId = ask(pushes, "GRANT-1");

        transcript.step("The customer allows the balances alone");
        phone.approve(requestId, GRANTED);

        transcript.step("The TPP fetches its tokens");
        Map<String, String> tokens = tpp.poll().orElseThrow(() -> new JourneyException("the TPP was denied"));
        checkScope("access token", tokens.get("access_token"));

        transcript.step("The TPP refreshes its tokens");
        Map<String, String> refreshed = tpp.refresh(tokens.get("refresh_token"));
        checkScope("refreshed access token", refreshed.get("access_token"));
    }

    private void deny(PushStream pushes) throws InterruptedException {
        String requestId = ask(pushes, "DENY-2");

        transcript.step("The customer says no");
        phone.deny(requestId);

        transcript.step("The TPP learns that it was denied");
        if (tpp.poll().isPresent()) {
            throw new JourneyException("the TPP got tokens for a request that the customer denied");
        }
        transcript.checked("access_denied, and no token");
    }

    /** From the TPP's question to the customer's screen. */
    private String ask(PushStream pushes, String bindingMessage) throws InterruptedException {
        transcript.step("The TPP asks the bank to ask the customer");
        tpp.ask(CUSTOMER, ASKED, bindingMessage);

        transcript.step("The phone gets a push");
        String requestId = pushes.await(PUSH_ARRIVES_WITHIN);

        transcript.step("The app fetches the request that the push names");
        phone.open(requestId, bindingMessage, ASKED);
        return requestId;
    }

    private void checkScope(String what, String token) {
        Permissions.require("the " + what, token, GRANTED);
        transcript.checked("the " + what + " has " + BALANCES + " and not " + TRANSACTIONS);
    }

    /** What is played between the phone's registration and its removal. */
    private interface Part {
        void play() throws InterruptedException;
    }

    /** The same, of a phone that waits for pushes. */
    private interface PushedPart {
        void play(PushStream pushes) throws InterruptedException;
    }
}
