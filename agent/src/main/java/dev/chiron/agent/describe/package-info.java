/** A task composed from a plain request, cards and a script: what is asked of a model for it, and what stands without one. */
@NullMarked
package dev.chiron.agent.describe;

import org.jspecify.annotations.NullMarked;
