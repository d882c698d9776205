package dev.chiron.optimizers.study;

/** A trial that was proposed and whose outcome is not known yet: its number, what it tries, and who proposed that. */
public record Pending(int number, Change change, Origin origin) {}
