/** Registers devices for pushes, makes them known to their vendors, and pushes what is about devices themselves. */
package io.assent.push.device;
