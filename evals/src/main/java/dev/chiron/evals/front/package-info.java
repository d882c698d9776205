/** Tasks of several objectives. */
@NullMarked
package dev.chiron.evals.front;

import org.jspecify.annotations.NullMarked;
