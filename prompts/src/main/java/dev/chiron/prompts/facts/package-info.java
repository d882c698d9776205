/** What papers say of training: cards, found by what a study tunes, with their formulas worked out for it. */
@NullMarked
package dev.chiron.prompts.facts;

import org.jspecify.annotations.NullMarked;
