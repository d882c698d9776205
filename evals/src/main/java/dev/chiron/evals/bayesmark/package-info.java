/** LLAMBO's tasks: models of scikit-learn on its data sets, really trained, beside LLAMBO's published runs. */
@NullMarked
package dev.chiron.evals.bayesmark;

import org.jspecify.annotations.NullMarked;
