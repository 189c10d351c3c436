/**
 * For development only: a phone and a TPP in web pages, a push sender that needs no vendor, and an endpoint that
 * decides for the customer. Does nothing in a realm that does not turn it on, and has no place in a production image.
 */
package io.assent.sandbox;
