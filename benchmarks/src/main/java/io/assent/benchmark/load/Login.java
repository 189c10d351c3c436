package io.assent.benchmark.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Logs customers in with their passwords. */
record Login(String realm, String clientId) {

    /** The customer's access token, as a header. */
    String one(Connection connection, Customer customer) throws IOException {
        return "Bearer "
                + connection
                        .send(Connection.request(
                                "POST",
                                "/realms/" + realm + "/protocol/openid-connect/token",
                                null,
                                "application/x-www-form-urlencoded",
                                "grant_type=password&client_id=" + clientId + "&scope=openid&username="
                                        + customer.username() + "&password=" + customer.username()))
                        .expect(200, "a login")
                        .json()
                        .required("access_token")
                        .textValue();
    }

    List<String> all(Connection connection, List<Customer> customers) throws IOException {
        List<String> authorizations = new ArrayList<>();
        for (Customer customer : customers) {
            authorizations.add(one(connection, customer));
        }
        return authorizations;
    }
}
