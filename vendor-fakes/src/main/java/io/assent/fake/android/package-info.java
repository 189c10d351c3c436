/**
 * Android's key store on this machine: it attests keys as a phone does, and whatever else a test wants it to. Knows
 * nothing of Assent.
 */
package io.assent.fake.android;
