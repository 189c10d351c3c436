/** Reports as the bank's staff fetch them, {@code …/consents/reports/…}, as JSON or CSV. Counts nothing. */
package io.assent.rest.admin.report;
