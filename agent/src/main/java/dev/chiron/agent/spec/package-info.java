/**
 * What a person asked for: {@code chiron.yaml}, flags, environment variables and the person's own {@code config.yaml},
 * read into one checked {@link dev.chiron.agent.spec.Spec}.
 *
 * <p>Start with {@link dev.chiron.agent.spec.SpecReader}. Everything wrong is one {@link dev.chiron.agent.BadInput}
 * that names file, line and key.
 */
@NullMarked
package dev.chiron.agent.spec;

import org.jspecify.annotations.NullMarked;
