/** What methods that model the loss share: quasi-random points, the cube's coordinates, expected improvement. */
@NullMarked
package dev.chiron.optimizers.surrogate;

import org.jspecify.annotations.NullMarked;
