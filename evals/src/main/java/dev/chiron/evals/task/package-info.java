/** What methods are measured on: tasks with a known search space that answer in microseconds instead of training. */
@NullMarked
package dev.chiron.evals.task;

import org.jspecify.annotations.NullMarked;
