/** What introspection (RFC 7662) says of access and refresh tokens, by the consent behind them. */
package io.assent.token.introspection;
