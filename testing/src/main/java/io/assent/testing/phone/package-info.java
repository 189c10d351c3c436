/**
 * A phone that signs what its customer approves, by what the API's description says alone: nothing here comes from the
 * product's own code.
 */
package io.assent.testing.phone;
