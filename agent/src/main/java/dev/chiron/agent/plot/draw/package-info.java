/** Charts, drawn once and shown as SVG, PNG and braille. */
@NullMarked
package dev.chiron.agent.plot.draw;

import org.jspecify.annotations.NullMarked;
