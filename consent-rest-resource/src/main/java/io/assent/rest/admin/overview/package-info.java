/**
 * What staff look through: requests, deliveries, TPPs with their figures and their switch, blocks. Turns calls into
 * calls of {@code io.assent.overview} and of the doors, and results into answers. Holds no rule.
 */
package io.assent.rest.admin.overview;
