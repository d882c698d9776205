package dev.chiron.optimizers.space;

import java.util.List;

/**
 * A parameter is active only while another, its parent, is active and has one of some values. One with several conditions is
 * active while all of them hold.
 *
 * @param parameter the name of the one that depends
 * @param parent the name of the one that it depends on: a choice or a whole number
 * @param values at least one
 */
public record Condition(String parameter, String parent, List<Value> values) {

    /** @throws IllegalArgumentException if no value is given */
    public Condition {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a condition needs a value of " + parent + " for " + parameter);
        }
    }
}
