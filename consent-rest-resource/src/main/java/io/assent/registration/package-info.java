/**
 * Makes a TPP an ordinary client of Keycloak, set as it must be to ask customers and no more. What it must be like is
 * said in one place, {@link io.assent.registration.TppRule}.
 */
package io.assent.registration;
