/** Reports on runs: what they found, how sure that is, and how they went about it. */
@NullMarked
package dev.chiron.evals.report;

import org.jspecify.annotations.NullMarked;
