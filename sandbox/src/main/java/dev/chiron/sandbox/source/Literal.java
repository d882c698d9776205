package dev.chiron.sandbox.source;

import dev.chiron.optimizers.space.Value;

/**
 * A literal in a source.
 *
 * @param start of its first byte in the UTF-8 source
 * @param end after its last byte
 */
record Literal(Kind kind, Value value, String text, int start, int end) {}
