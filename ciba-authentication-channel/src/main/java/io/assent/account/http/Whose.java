package io.assent.account.http;

import java.util.Optional;

/**
 * The realm and the customer that the bank's endpoint is asked about.
 *
 * @param customer as the bank knows the customer; empty where it can't be told
 */
record Whose(String realmId, String realm, Optional<String> customer) {}
