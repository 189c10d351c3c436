package io.assent.egress;

import org.apache.http.impl.client.HttpClientBuilder;

/**
 * Calls URLs that the bank itself names and that lead to somebody else: anywhere, as the server's own client does. What
 * is answered there is not trusted.
 */
public final class BankNamedHttpFactory extends OwnHttpFactory {

    public static final String ID = "bank-named-endpoints";

    public BankNamedHttpFactory() {
        super(ID);
    }

    @Override
    HttpClientBuilder clients() {
        return HttpClientBuilder.create();
    }
}
