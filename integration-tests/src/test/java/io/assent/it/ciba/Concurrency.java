package io.assent.it.ciba;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.AtOnce;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Staff;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.http.Patience;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Of two at once, one. */
abstract class Concurrency {

    private static final int ROUNDS = 25;

    private final Realm bank;
    private final int pairsAtOnce;
    final Tpp acme;
    final Customer customer;
    final BankApp app;

    /** @param pairsAtOnce how many customers get two answers at once */
    Concurrency(Realm bank, int pairsAtOnce) {
        this.bank = bank;
        this.pairsAtOnce = pairsAtOnce;
        acme = bank.tpp(ACME);
        customer = bank.newCustomer();
        app = customer.app();
    }

    @Test
    void ofAnApprovalAndADenialAtOnceExactlyOneIsTakenAndThePollAgrees() throws Exception {
        // a customer for each at once: a denial takes back what the same customer approved and nobody fetched yet
        List<Customer> customers =
                Stream.generate(bank::newCustomer).limit(pairsAtOnce).toList();
        List<BankApp> apps = customers.stream().map(Customer::app).toList();
        for (int round = 0; round < ROUNDS; round++) {
            List<Asked> asked =
                    customers.stream().map(one -> acme.ask(one, BALANCES)).toList();
            List<String> ids = apps.stream().map(BankApp::onlyPendingId).toList();
            List<Callable<Answer>> decisions = new ArrayList<>();
            for (int pair = 0; pair < pairsAtOnce; pair++) {
                BankApp of = apps.get(pair);
                String id = ids.get(pair);
                CyclicBarrier both = new CyclicBarrier(2);
                decisions.add(AtOnce.together(both, () -> of.approve(id, BALANCES)));
                decisions.add(AtOnce.together(both, () -> of.deny(id)));
            }
            List<Answer> answers = AtOnce.all(2 * pairsAtOnce, decisions);
            for (int pair = 0; pair < pairsAtOnce; pair++) {
                assertOneIsTaken(
                        answers.get(2 * pair),
                        answers.get(2 * pair + 1),
                        apps.get(pair).request(ids.get(pair)),
                        acme.poll(asked.get(pair)));
            }
        }
    }

    private static void assertOneIsTaken(Answer approval, Answer denial, Answer request, Answer poll) {
        assertThat(List.of(approval.status(), denial.status()))
                .as("%s and %s", approval, denial)
                .containsExactlyInAnyOrder(200, 409);
        boolean approved = approval.status() == 200;
        assertThat((approved ? denial : approval).problem()).isEqualTo("already-decided");
        assertThat(request.text("status")).isEqualTo(approved ? "approved" : "denied");
        if (approved) {
            Tokens.of(poll);
        } else {
            assertThat(poll.error()).isEqualTo("access_denied");
        }
    }

    /** An answer that was given before the end is taken, also where the end is written first. */
    @Test
    void staffsEndAndAnAnswerAtOnceEachAnswerByWhatCameOfBoth() throws Exception {
        Staff staff = Staff.of(bank, "manage-users", "view-clients");
        for (int round = 0; round < ROUNDS; round++) {
            acme.ask(customer, BALANCES);
            String id = app.onlyPendingId();

            List<Answer> answers = AtOnce.all(List.of(() -> app.deny(id), () -> staff.expire(id)));

            Answer denial = answers.get(0);
            Answer end = answers.get(1);
            if (end.status() == 200) {
                assertThat(end.text("status")).as(answers.toString()).isEqualTo("expired");
            } else {
                assertThat(end.problem()).as(answers.toString()).isEqualTo("already-decided");
                assertThat(denial.status()).as(answers.toString()).isEqualTo(200);
            }
            if (denial.status() != 200) {
                assertThat(denial.problem()).as(answers.toString()).isEqualTo("expired");
            }
            assertThat(app.request(id).text("status")).isEqualTo(denial.status() == 200 ? "denied" : "expired");
        }
    }

    @Test
    void ofTwoSelectionsAtOnceExactlyOneIsTakenAndTheTokenCarriesIt() throws Exception {
        for (int round = 0; round < 20; round++) {
            Asked asked = acme.ask(customer, BALANCES, TRANSACTIONS);
            String id = app.onlyPendingId();

            List<Answer> answers =
                    AtOnce.all(List.of(() -> app.approve(id, BALANCES), () -> app.approve(id, TRANSACTIONS)));

            assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(200, 409);
            String granted = answers.get(0).status() == 200 ? BALANCES : TRANSACTIONS;
            assertThat(Tokens.of(acme.poll(asked)).accessTokenScope()).containsExactlyInAnyOrder("openid", granted);
        }
    }

    @Test
    void theSameDecisionManyTimesAtOnceIsTakenOnceAndAnsweredAlike() throws Exception {
        acme.ask(customer, BALANCES);
        String id = app.onlyPendingId();
        int times = 16;

        List<Answer> answers =
                AtOnce.all(Collections.nCopies(times, () -> Patience.with(() -> app.approve(id, BALANCES))));

        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
        assertThat(answers).extracting(Answer::body).containsOnly(answers.get(0).body());
    }

    @Test
    void ofFortyDevicesAtOnceTwentyAreRegistered() throws Exception {
        List<Answer> answers = AtOnce.all(Collections.nCopies(40, () -> {
            String device = UUID.randomUUID().toString();
            String registration = registration();
            return Patience.with(() -> app.register(device, registration));
        }));

        assertThat(answers).extracting(Answer::status).containsOnly(201, 409);
        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(20);
        assertThat(app.devices().list()).hasSize(20);
    }

    @Test
    void theSameDeviceManyTimesAtOnceIsOneDevice() throws Exception {
        String device = UUID.randomUUID().toString();
        String registration = registration();
        int times = 16;

        List<Answer> answers =
                AtOnce.all(Collections.nCopies(times, () -> Patience.with(() -> app.register(device, registration))));

        assertThat(answers).extracting(Answer::status).containsOnly(200, 201).containsOnlyOnce(201);
        assertThat(app.devices().list()).hasSize(1);
    }

    @Test
    void aDeviceThatIsRegisteredAndRemovedAtOnceIsOneOrNone() throws Exception {
        String device = UUID.randomUUID().toString();
        String registration = registration();
        for (int round = 0; round < 50; round++) {
            List<Answer> answers = AtOnce.all(List.of(
                    () -> app.register(device, registration),
                    () -> app.removeDevice(device),
                    () -> app.register(device, registration),
                    () -> app.removeDevice(device)));

            assertThat(List.of(answers.get(0), answers.get(2)))
                    .allSatisfy(answer ->
                            assertThat(answer.status()).as(answer.toString()).isIn(200, 201));
            assertThat(List.of(answers.get(1), answers.get(3)))
                    .allSatisfy(answer ->
                            assertThat(answer.status()).as(answer.toString()).isEqualTo(204));
            assertThat(app.devices().list()).hasSizeLessThanOrEqualTo(1);
        }
        app.register(device, registration).ok();
        assertThat(app.devices().list()).hasSize(1);
    }

    private static String registration() {
        return Http.object()
                .put("platform", "log")
                .put("pushToken", "push-" + UUID.randomUUID())
                .toString();
    }
}
