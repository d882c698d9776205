package dev.chiron.optimizers.space;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One value for each parameter, in the order of the search space. Immutable; equal by value, whatever the order.
 *
 * <p>Small, since optimizers keep thousands: an array of values beside one of names, which configs of a space share.
 */
public final class Config {

    private final List<String> names;
    private final Value[] values;

    private Config(List<String> names, Value[] values) {
        this.names = names;
        this.values = values;
    }

    /** A config of these values, in the map's order. */
    public static Config of(Map<String, Value> values) {
        return of(List.copyOf(values.keySet()), List.copyOf(values.values()));
    }

    /** A config of distinct names, which it shares if the list is immutable, and as many values. */
    static Config of(List<String> names, List<Value> values) {
        if (names.size() != values.size()) {
            throw new IllegalArgumentException(values.size() + " values for " + names.size() + " parameters");
        }
        return new Config(List.copyOf(names), values.toArray(Value[]::new));
    }

    /** The values by parameter name, in order. */
    public Map<String, Value> values() {
        Map<String, Value> map = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            map.put(names.get(i), values[i]);
        }
        return Collections.unmodifiableMap(map);
    }

    /** Calls with each name and value, in order. */
    void forEach(BiConsumer<String, Value> each) {
        for (int i = 0; i < values.length; i++) {
            each.accept(names.get(i), values[i]);
        }
    }

    /** The number of values. */
    public int size() {
        return values.length;
    }

    /**
     * The value of a parameter.
     *
     * @throws IllegalArgumentException if the config has no such parameter
     */
    public Value get(String name) {
        return get(0, name);
    }

    /** {@link #get(String)} of what is probably the value of that index: a space's parameters are looked up in their order. */
    Value get(int index, String name) {
        int found = index(index, name);
        if (found < 0) {
            throw new IllegalArgumentException("no parameter " + name + " in " + this);
        }
        return values[found];
    }

    /** The value of a parameter, if the config has it. */
    public Optional<Value> find(String name) {
        return find(0, name);
    }

    /** {@link #find(String)} of what is probably the value of that index. */
    Optional<Value> find(int index, String name) {
        int found = index(index, name);
        return found < 0 ? Optional.empty() : Optional.of(values[found]);
    }

    private int index(int probable, String name) {
        return probable < names.size() && names.get(probable).equals(name) ? probable : names.indexOf(name);
    }

    /** This config with one value set. */
    public Config with(String name, Value value) {
        int index = names.indexOf(name);
        if (index < 0) {
            Map<String, Value> more = new LinkedHashMap<>(values());
            more.put(name, value);
            return of(more);
        }
        Value[] changed = values.clone();
        changed[index] = value;
        return new Config(names, changed);
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Config config) || values.length != config.values.length) {
            return false;
        }
        for (int i = 0; i < values.length; i++) {
            int there = config.index(i, names.get(i));
            if (there < 0 || !values[i].equals(config.values[there])) {
                return false;
            }
        }
        return true;
    }

    /** Whatever the order, as the equality. */
    @Override
    public int hashCode() {
        int sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += names.get(i).hashCode() ^ values[i].hashCode();
        }
        return sum;
    }

    @Override
    public String toString() {
        return IntStream.range(0, values.length)
                .mapToObj(i -> names.get(i) + "=" + values[i].text())
                .collect(Collectors.joining(" "));
    }
}
