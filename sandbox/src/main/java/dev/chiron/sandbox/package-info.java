/** Chiron's sandbox module. */
@NullMarked
package dev.chiron.sandbox;

import org.jspecify.annotations.NullMarked;
