/**
 * Whether a phone's maker vouches for how a device's key is kept: the SPI {@code consent-device-attestation}, with a
 * provider for each format. Knows no device and no customer.
 */
package io.assent.device.attestation;
