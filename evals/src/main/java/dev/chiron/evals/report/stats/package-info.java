/** What the reports' conclusions rest on: intervals, corrections for many tests, tests on ranks. */
@NullMarked
package dev.chiron.evals.report.stats;

import org.jspecify.annotations.NullMarked;
