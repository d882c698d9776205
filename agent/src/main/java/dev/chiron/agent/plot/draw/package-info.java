/** Charts, drawn once and shown as SVG and PNG. */
@NullMarked
package dev.chiron.agent.plot.draw;

import org.jspecify.annotations.NullMarked;
