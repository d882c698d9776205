/** Pictures of a study: its history, its parameters and what each of them is worth. Prints nothing. */
@NullMarked
package dev.chiron.agent.plot;

import org.jspecify.annotations.NullMarked;
