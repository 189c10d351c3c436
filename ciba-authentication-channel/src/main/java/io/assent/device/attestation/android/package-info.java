/** Attestations of the format {@code android-key}: Android's key store vouches by certificates for a key in it. */
package io.assent.device.attestation.android;
