package dev.chiron.agent.view;

import dev.chiron.agent.llm.cost.Estimate;
import dev.chiron.optimizers.study.Objective;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is said about a study before and after it runs.
 *
 * @param folder the study's folder, as the user named it
 * @param optimizer the method of the trials that are neither the model's nor local moves
 * @param llm the model's spec, {@code none} without one
 * @param why why these models and not others; empty where there is nothing to explain
 * @param trials the trials that the budget allows
 * @param estimate what the model's turns will cost; empty where that is not known or not of interest
 */
public record StudyCard(
        String folder,
        Objective objective,
        String method,
        String optimizer,
        String llm,
        String why,
        long seed,
        OptionalInt trials,
        Optional<Estimate> estimate) {

    /** Of a study that is only read. */
    public StudyCard(
            String folder,
            Objective objective,
            String method,
            String optimizer,
            String llm,
            long seed,
            OptionalInt trials) {
        this(folder, objective, method, optimizer, llm, "", seed, trials, Optional.empty());
    }
}
