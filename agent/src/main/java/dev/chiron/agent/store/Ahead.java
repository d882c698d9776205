package dev.chiron.agent.store;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.Origin;

/**
 * A question to the model that was made ready while the trial before ran, on what was known then: a study that is stopped
 * meanwhile goes on with this very question.
 *
 * @param number of the trial, counted without repeats, whose turn it is for
 * @param known how many trials, repeats too, it was made from; the next one was running
 * @param key names the question in the record
 * @param suggestion what the optimizer would try in that trial
 * @param origin whose suggestion it is
 * @param model whose turn it is, by its name
 * @param template of the prompt
 * @param prompt the whole text
 */
public record Ahead(
        int number,
        int known,
        String key,
        Config suggestion,
        Origin origin,
        String model,
        String template,
        String prompt) {}
