/** Who proposes: an optimizer alone, or an optimizer and a language model taking turns. */
@NullMarked
package dev.chiron.agent.propose;

import org.jspecify.annotations.NullMarked;
