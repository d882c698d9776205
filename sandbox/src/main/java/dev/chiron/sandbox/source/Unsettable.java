package dev.chiron.sandbox.source;

/**
 * A name that looks like a constant but cannot be set without guessing.
 *
 * @param line of its first assignment, from 1
 * @param why a clause that follows the name, such as "is set inside the function main"
 */
public record Unsettable(String name, int line, String why) {}
