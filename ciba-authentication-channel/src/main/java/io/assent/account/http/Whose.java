package io.assent.account.http;

import java.util.Optional;

/** @param customer as the bank knows the customer; empty where it can't be told */
record Whose(String realmId, String realm, Optional<String> customer) {}
