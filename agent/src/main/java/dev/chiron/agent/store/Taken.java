package dev.chiron.agent.store;

/**
 * A steering that a study has taken up.
 *
 * @param number counted over the study, from 1
 * @param trials how many trials there were before it
 */
public record Taken(int number, int trials, Steering steering) implements Happening {}
