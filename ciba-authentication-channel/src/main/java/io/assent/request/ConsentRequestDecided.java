package io.assent.request;

import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderEvent;

/**
 * A customer just answered. Published within the transaction that stores the answer, once per request: what a listener
 * writes is committed with the answer or not at all, and a listener that throws takes the answer back.
 *
 * @param request the request with its decision
 */
public record ConsentRequestDecided(KeycloakSession session, ConsentRequest request) implements ProviderEvent {}
