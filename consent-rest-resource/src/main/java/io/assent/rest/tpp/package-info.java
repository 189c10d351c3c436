/**
 * The API of the clients that customers granted something to: Grant Management for OAuth 2.0, draft 03, and what
 * discovery says of it. Turns calls into calls of the door, and results into answers. Holds no rule about a consent.
 */
package io.assent.rest.tpp;
