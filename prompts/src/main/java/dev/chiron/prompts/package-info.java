/** What models are asked and how that is written: templates with strict holes, and the prompts filled from them. */
@NullMarked
package dev.chiron.prompts;

import org.jspecify.annotations.NullMarked;
