/** The tree-structured Parzen estimator, as in Optuna 5. */
@NullMarked
package dev.chiron.optimizers.tpe;

import org.jspecify.annotations.NullMarked;
