package io.assent.testing.actor;

/** What tests name of the dev realm: TPPs by their {@code client_id}, permissions by their client scopes. */
public final class DevRealm {

    /** An account information service that polls; customers may grant it a part. */
    public static final String ACME = "acme-aisp";

    /** A lender that polls, and checks who customers are; they grant it all or nothing. */
    public static final String GLOBE = "globe-aisp";

    /** A payment service that is pinged. {@link #PAYMENTS} is among its default scopes. */
    public static final String ORBIT = "orbit-pisp";

    public static final String BALANCES = "accounts.balances";
    public static final String DETAILS = "accounts.details";
    public static final String PAYMENTS = "payments.initiate";
    public static final String TRANSACTIONS = "accounts.transactions";

    private DevRealm() {}
}
