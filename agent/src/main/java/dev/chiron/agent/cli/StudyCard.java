package dev.chiron.agent.cli;

import dev.chiron.optimizers.study.Objective;
import java.util.OptionalInt;

/**
 * What is said about a study before and after it runs.
 *
 * @param folder the study's folder, as the user named it
 * @param optimizer the method of the trials that are neither the model's nor local moves
 * @param llm the model's spec, {@code none} without one
 * @param trials the trials that the budget allows
 */
record StudyCard(
        String folder,
        Objective objective,
        String method,
        String optimizer,
        String llm,
        long seed,
        OptionalInt trials) {}
