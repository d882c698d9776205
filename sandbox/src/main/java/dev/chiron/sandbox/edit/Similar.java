package dev.chiron.sandbox.edit;

/**
 * A tried edit that another one is like.
 *
 * @param trial the number of the trial that tried it
 * @param similarity the share of what both change, at most 1; 1 for what comes to the same script
 */
public record Similar(int trial, double similarity) {}
