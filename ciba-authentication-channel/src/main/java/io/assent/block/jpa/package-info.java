/** Blocks in Keycloak's database. Holds no rule. */
package io.assent.block.jpa;
