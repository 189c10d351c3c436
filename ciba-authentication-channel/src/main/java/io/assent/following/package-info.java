/**
 * Brings the consents that stand in line with changed permissions, in steps: what does not wait for its client's next
 * token. Holds no rule: what becomes of a consent is for the door of consents.
 */
package io.assent.following;
