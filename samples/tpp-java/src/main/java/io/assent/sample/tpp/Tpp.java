package io.assent.sample.tpp;

import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.ciba.CIBARequestAcknowledgement;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.Tokens;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;

/** A small TPP: it asks a customer by CIBA, waits, reads the accounts that the customer chose, and refreshes. */
public final class Tpp {

    public static void main(String[] arguments) throws GeneralException, IOException, InterruptedException {
        Settings settings = Settings.of(System.getenv());
        Bank bank = new Bank(settings);
        try {
            TokenResponse granted = ask(bank, settings);
            Tokens tokens = granted.toSuccessResponse().getTokens();
            show(bank, tokens.getBearerAccessToken());
            TokenResponse refreshed = bank.refresh(tokens.getRefreshToken());
            // keep the last refresh token, and the grant's id beside it
            System.out.printf(
                    "Refreshed: good for %d s, grant %s%n",
                    refreshed.toSuccessResponse().getTokens().getAccessToken().getLifetime(),
                    refreshed.toSuccessResponse().getCustomParameters().get("grant_id"));
        } catch (RefusedException refused) {
            System.out.println("No: " + refused.getMessage());
            System.exit(1);
        }
    }

    private static TokenResponse ask(Bank bank, Settings settings)
            throws GeneralException, IOException, RefusedException, InterruptedException {
        if (settings.pingPort() == 0) {
            return bank.await(asked(bank.ask(null), settings), null);
        }
        try (Notifications pings = new Notifications(settings.pingPort())) {
            return bank.await(asked(bank.ask(pings), settings), pings);
        }
    }

    private static CIBARequestAcknowledgement asked(CIBARequestAcknowledgement asked, Settings settings) {
        System.out.printf(
                "Asked %s, who has %d s to answer: auth_req_id %s%n",
                settings.customer(), asked.getExpiresIn(), asked.getAuthRequestID());
        return asked;
    }

    /** What was granted may be less than what was asked for: what counts is what came. */
    private static void show(Bank bank, BearerAccessToken token) throws GeneralException, IOException {
        Scope granted = token.getScope();
        System.out.println("Granted: " + granted);
        if (!granted.contains("accounts.details")) {
            return;
        }
        for (Map<String, Object> account : bank.accounts(token)) {
            String balances = !granted.contains("accounts.balances")
                    ? ""
                    : bank.balances(token, account.get("id").toString()).stream()
                            .map(balance -> ", " + balance.get("amount") + " " + balance.get("currency"))
                            .collect(Collectors.joining());
            System.out.println("Account: " + account.get("name") + balances);
        }
    }

    private Tpp() {}
}
