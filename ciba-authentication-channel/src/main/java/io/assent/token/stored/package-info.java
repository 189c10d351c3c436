/** Keycloak's own record of what customers granted, which is written after the consents and never believed. */
package io.assent.token.stored;
