/** Chiron's prompts module. */
@NullMarked
package dev.chiron.prompts;

import org.jspecify.annotations.NullMarked;
