package io.assent.benchmark.load;

import java.io.IOException;
import java.util.List;

/** The stock server's own way: the form for name and password, and the consent screen. */
public record StockForms(List<Customer> customers) implements BrowserLogin {

    @Override
    public String code(Connection app, String authorizationRequest, int customer)
            throws IOException, InterruptedException {
        String username = customers.get(customer).username();
        try (Browser browser = new Browser(app.port())) {
            Page login = browser.open(authorizationRequest);
            Thread.sleep(ACT_MILLIS);
            Page consent = browser.submit(login, "username=" + username + "&password=" + username);
            Thread.sleep(ACT_MILLIS);
            return browser.submit(consent, "accept=Yes&code=" + consent.field("code"))
                    .code();
        }
    }
}
