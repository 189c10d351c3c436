/**
 * Amazon SNS on this machine, for tests: it accepts what SNS accepts, fails in every way that SNS does when told to,
 * and counts what it got. Knows nothing of Assent.
 */
package io.assent.fake.sns;
