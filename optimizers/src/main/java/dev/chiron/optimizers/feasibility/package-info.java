/** Which configs will fail: learned from those that did. */
@NullMarked
package dev.chiron.optimizers.feasibility;

import org.jspecify.annotations.NullMarked;
