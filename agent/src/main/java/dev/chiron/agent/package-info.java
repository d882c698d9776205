/** Chiron's agent module. */
@NullMarked
package dev.chiron.agent;

import org.jspecify.annotations.NullMarked;
