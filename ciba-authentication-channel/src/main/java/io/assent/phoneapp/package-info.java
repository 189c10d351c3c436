/** Which apps on phones are the bank's, so that a realm's links open in them. Knows no link. */
package io.assent.phoneapp;
