/**
 * The logos of the clients that ask customers: fetched by this server, kept for a while, and served from the realm, so
 * that no customer's browser or app calls a third party's server before the customer said yes. Knows nothing of
 * consents.
 */
package io.assent.rest.logo;
