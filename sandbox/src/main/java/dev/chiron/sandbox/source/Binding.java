package dev.chiron.sandbox.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One place that gives a name a value.
 *
 * @param how a clause after the name, such as "is set inside the function main"
 * @param counts false for imports and definitions, which matter only beside an assignment
 * @param literal where it can be set by rewriting a literal
 */
record Binding(String name, int line, String how, boolean counts, Optional<Literal> literal) {

    /** The bindings of each name, in the order of first appearance; names that are never assigned are left out. */
    static Map<String, List<Binding>> byName(List<Binding> bindings) {
        Map<String, List<Binding>> byName = new LinkedHashMap<>();
        for (Binding binding : bindings) {
            byName.computeIfAbsent(binding.name(), name -> new ArrayList<>()).add(binding);
        }
        byName.values().removeIf(all -> all.stream().noneMatch(Binding::counts));
        return byName;
    }

    /** Why a name with these bindings, of which there is one or more, cannot be set. */
    static Unsettable unsettable(List<Binding> bindings) {
        Binding first = bindings.get(0);
        String why = bindings.size() == 1
                ? first.how()
                : bindings.stream()
                        .map(binding -> binding.how() + " on line " + binding.line())
                        .collect(Collectors.joining(", and ", "is given a value more than once: it ", ""));
        return new Unsettable(first.name(), first.line(), why);
    }

    /** Whether a name is written like a constant: capitals, digits and underscores, a capital first. */
    static boolean isConstantName(String name) {
        return !name.isEmpty()
                && name.charAt(0) >= 'A'
                && name.charAt(0) <= 'Z'
                && name.chars().allMatch(c -> (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_');
    }
}
