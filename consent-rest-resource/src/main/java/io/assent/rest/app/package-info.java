/**
 * The API of the bank's app, below {@code /realms/{realm}/consent/v1}, described by {@code openapi.json}. Turns calls
 * into calls of the doors, and results into answers. Holds no rule about a request or a device.
 */
package io.assent.rest.app;
