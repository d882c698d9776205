package dev.chiron.agent.store;

import dev.chiron.prompts.reply.Forecast;

/**
 * Which of a model's candidates was run.
 *
 * @param offered how many could be used
 * @param rank the place that the model gave it, from 1
 * @param forecast what the model expected of it
 */
public record Pick(int offered, int rank, Forecast forecast) {}
