/** What a study's trials say of its parameters: which decide, by what values, and which only together. */
@NullMarked
package dev.chiron.agent.insight;

import org.jspecify.annotations.NullMarked;
