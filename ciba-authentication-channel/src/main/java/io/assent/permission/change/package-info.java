/**
 * Permissions that change while consents stand: the rules that an admin wrote, what they make of a grant, and where
 * they are kept. Knows neither consents nor tokens: who holds a grant asks what becomes of it.
 */
package io.assent.permission.change;
