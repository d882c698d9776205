package dev.chiron.prompts.describe;

import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Value;
import java.util.Optional;

/**
 * A constant of a script that could be tuned.
 *
 * @param value its value in the script
 * @param line where it stands, from 1
 * @param proposed the range that its name and value suggest; empty if none does
 */
public record Tunable(String name, Value value, int line, Optional<Parameter> proposed) {}
