/** Server-sent events to the sandbox's pages, without holding anything of Keycloak's while a page listens. */
package io.assent.sandbox.stream;
