/** Customers' devices, and {@link io.assent.device.Devices}, the only door to them. Knows no sender and no vendor. */
package io.assent.device;
