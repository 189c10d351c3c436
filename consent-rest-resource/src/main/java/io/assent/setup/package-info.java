/**
 * Sets a realm up for the pack in one step, as {@code realm-config/realm-template.json} has it: adds what is not there,
 * and leaves what somebody set otherwise, which it tells. Knows no rule about what is right; that is the doctor's.
 */
package io.assent.setup;
