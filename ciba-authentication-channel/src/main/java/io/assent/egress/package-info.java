/**
 * Calls to URLs that a client names: where they may go. A client may have registered itself, so that such a call must
 * not reach what only this server can reach. How much is read of an answer, and for how long, holds for calls to others
 * too.
 */
package io.assent.egress;
