/** Says in words and numbers what a model needs to know about a study: its task, its trials, and its optimizer's state. */
@NullMarked
package dev.chiron.prompts.describe;

import org.jspecify.annotations.NullMarked;
