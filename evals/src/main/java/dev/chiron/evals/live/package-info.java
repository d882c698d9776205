/** The bundled examples as tasks: each evaluation a real run of the script, as a study does it. */
@NullMarked
package dev.chiron.evals.live;

import org.jspecify.annotations.NullMarked;
