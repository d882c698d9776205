/** Charts, drawn once and shown as SVG and PNG. */
@NullMarked
package dev.chiron.evals.report.draw;

import org.jspecify.annotations.NullMarked;
