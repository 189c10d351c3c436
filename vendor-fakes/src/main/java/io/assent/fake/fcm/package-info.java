/**
 * Firebase Cloud Messaging on this machine, for tests and for local work: it accepts what FCM accepts, fails in every
 * way that FCM does when told to, and counts what it got. Knows nothing of Assent.
 */
package io.assent.fake.fcm;
