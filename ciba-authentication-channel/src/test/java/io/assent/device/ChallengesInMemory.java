package io.assent.device;

import io.assent.server.Base64Url;
import io.assent.server.Customer;
import java.util.HashMap;
import java.util.Map;

/** Challenges that stand until they are spent. */
final class ChallengesInMemory implements Challenges {

    private final Map<String, String> standing = new HashMap<>();

    String issue(Customer customer, String deviceId) {
        String challenge = Base64Url.random(16);
        standing.put(challenge, customer + deviceId);
        return challenge;
    }

    void expire(String challenge) {
        standing.remove(challenge);
    }

    @Override
    public boolean stands(Customer customer, String deviceId, String challenge) {
        return (customer + deviceId).equals(standing.get(challenge));
    }

    @Override
    public void spend(String challenge) {
        standing.remove(challenge);
    }
}
