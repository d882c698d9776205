/** The cross-entropy method. Start with {@link dev.chiron.optimizers.crossentropy.CrossEntropy}. */
@NullMarked
package dev.chiron.optimizers.crossentropy;

import org.jspecify.annotations.NullMarked;
