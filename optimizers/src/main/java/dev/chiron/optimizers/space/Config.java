package dev.chiron.optimizers.space;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One value for each parameter, in the order of the search space. Immutable; equal by value, whatever the order. */
public final class Config {

    private final Map<String, Value> values;

    private Config(Map<String, Value> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    /** A config of these values, in the map's order. */
    public static Config of(Map<String, Value> values) {
        return new Config(new LinkedHashMap<>(values));
    }

    /** The values by parameter name, in order. */
    public Map<String, Value> values() {
        return values;
    }

    /**
     * The value of a parameter.
     *
     * @throws IllegalArgumentException if the config has no such parameter
     */
    public Value get(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("no parameter " + name + " in " + this));
    }

    /** The value of a parameter, if the config has it. */
    public Optional<Value> find(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** This config with one value set. */
    public Config with(String name, Value value) {
        Map<String, Value> changed = new LinkedHashMap<>(values);
        changed.put(name, value);
        return new Config(changed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Config config && values.equals(config.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().text())
                .collect(Collectors.joining(" "));
    }
}
