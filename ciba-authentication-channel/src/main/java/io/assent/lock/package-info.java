/** Makes whoever changes something between a customer and a client wait, in whatever room. */
package io.assent.lock;
