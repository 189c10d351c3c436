/**
 * Tells a realm's destinations what happens to requests and consents: makes events of what the doors tell, keeps them
 * until they are taken or dead, and sends those of one subject one after another. Knows no way of sending: that is a
 * destination's.
 */
package io.assent.cloudevent;
