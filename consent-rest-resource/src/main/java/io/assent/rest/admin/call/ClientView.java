package io.assent.rest.admin.call;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A client by name.
 *
 * @param id Keycloak's internal id, by which it is also found when it is gone
 * @param clientId its OAuth {@code client_id}, or {@code null} where nobody knows any more
 * @param name or {@code null}
 */
@JsonInclude
public record ClientView(String id, String clientId, String name) {}
