/**
 * What follows for Keycloak's tokens, sessions and stored consents when a consent is given, narrowed or ends. The one
 * room that stands on Keycloak's token SPIs. Holds no rule about a consent: it asks the door, and listens to its
 * events.
 */
package io.assent.token;
