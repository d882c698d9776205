package dev.chiron.sandbox.source;

import dev.chiron.optimizers.space.Value;

/**
 * A constant of a script that can be set.
 *
 * @param name as in the script
 * @param value the literal's value; a {@link Value.Real} for a constant that holds real numbers, whatever its literal
 * @param literal as written in the script, such as {@code 2**19}
 * @param line of the name, from 1
 */
public record Constant(String name, Value value, String literal, int line) {}
