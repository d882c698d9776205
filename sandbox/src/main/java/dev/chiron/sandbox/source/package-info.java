/**
 * The constants of a training script: finding them with a real parser, inferring their ranges, and setting them so that
 * nothing but a literal's bytes changes.
 */
@NullMarked
package dev.chiron.sandbox.source;

import org.jspecify.annotations.NullMarked;
