package dev.chiron.agent.web;

/**
 * The incumbent from a trial on.
 *
 * @param at the trial after which it was so
 * @param trial the incumbent's number
 * @param value what it was worth then, with repeats the mean of all its runs
 * @param runs of how many
 */
record Best(int at, int trial, double value, int runs) {}
