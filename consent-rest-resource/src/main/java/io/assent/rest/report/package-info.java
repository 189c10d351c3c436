/** Tells the reports of the calls of the pack's interfaces, whoever answers them. */
package io.assent.rest.report;
