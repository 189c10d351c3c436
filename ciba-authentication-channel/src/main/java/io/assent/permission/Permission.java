package io.assent.permission;

/**
 * One permission as a customer reads it.
 *
 * @param scope the name of the client scope
 * @param title what it allows, in a few words
 * @param detail what exactly that means, or {@code null} where nobody wrote it
 * @param required whether the customer can't leave it out
 */
public record Permission(String scope, String title, String detail, boolean required) {}
