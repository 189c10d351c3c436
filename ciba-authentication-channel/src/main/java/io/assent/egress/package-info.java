/**
 * Calls to URLs that a client names: where they may go. A client may have registered itself, so that such a call must
 * not reach what only this server can reach.
 */
package io.assent.egress;
