/**
 * What a bank reports of its interfaces and of what came of its customers' requests, day by day, and {@link Reports},
 * the door. Numbers alone: of no customer, and of what a client was called then. Knows no table.
 */
package io.assent.report;
