package dev.chiron.prompts.reply;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Numbers;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Trial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads replies for a search space. Of the JSON objects in a reply the last one outside the model's reasoning that names
 * a parameter is its answer. What it leaves out is the optimizer's; what cannot be used is sent back with the reason.
 */
public final class ReplyReader {

    private static final int LONGEST_REASON = 300;
    private static final int MOST_PROBLEMS = 5;

    private final SearchSpace space;
    private final ValueReader values;

    /** Replies for this space. */
    public ReplyReader(SearchSpace space) {
        this.space = space;
        this.values = new ValueReader(space);
    }

    /**
     * Reads a reply.
     *
     * @param suggestion what the optimizer would try: stands in for what the reply leaves out
     * @param history the trials so far, none of which may be repeated
     */
    public Reply read(String text, Config suggestion, History history) {
        String decision = Reasoning.removed(text);
        JsonObjects.Found found = JsonObjects.in(decision.isBlank() ? text : decision);
        return answer(found.objects(), suggestion, history)
                .or(() -> found.cutOff()
                        ? Optional.empty()
                        : answer(JsonObjects.in(text).objects(), suggestion, history))
                .orElseGet(() -> rejected(nothingFound(text, found)));
    }

    private static String nothingFound(String text, JsonObjects.Found found) {
        if (text.isBlank()) {
            return "the reply was empty";
        }
        if (found.cutOff()) {
            return "the JSON object was cut off before its end; answer shortly, with the JSON object alone";
        }
        return found.objects().isEmpty()
                ? "no JSON object was found in the reply"
                : "the JSON object names no parameter of the table";
    }

    /**
     * The first usable object of those that name most parameters: a model that goes on to compare its answer with the baseline
     * means the first, and one that begins with the baseline repeats a trial there. If none can be used, what is wrong with
     * the last of them.
     */
    private Optional<Reply> answer(List<JsonNode> objects, Config suggestion, History history) {
        List<Fullest> named = objects.stream()
                .map(this::fullest)
                .filter(fullest -> fullest.names() > 0)
                .toList();
        long most = named.stream().mapToLong(Fullest::names).max().orElse(0);
        List<Reply> replies = named.stream()
                .filter(fullest -> fullest.names() == most)
                .map(fullest -> settings(fullest.node(), suggestion, history))
                .toList();
        return replies.stream()
                .filter(Reply.Settings.class::isInstance)
                .findFirst()
                .or(() -> replies.stream().reduce((earlier, later) -> later));
    }

    private record Fullest(JsonNode node, long names) {}

    /** The node, or the one inside it that names more parameters; of equal ones inside it the last. */
    private Fullest fullest(JsonNode node) {
        Fullest outer = new Fullest(node, values.names(node));
        Fullest inner = outer;
        for (JsonNode child : node) {
            Fullest candidate = fullest(child);
            boolean more = candidate.names() > outer.names() && candidate.names() >= inner.names();
            inner = more ? candidate : inner;
        }
        return inner;
    }

    private Reply settings(JsonNode object, Config suggestion, History history) {
        List<String> repairs = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Map<String, Value> config = new LinkedHashMap<>();
        for (Parameter parameter : space.parameters()) {
            Optional<ValueReader.Named> named = values.find(object, parameter.name());
            if (named.isEmpty()) {
                repairs.add(parameter.name() + " was missing and taken from the optimizer");
                config.put(parameter.name(), suggestion.get(parameter.name()));
            } else {
                ValueReader.Read read = values.read(parameter, named.get());
                read.problem().ifPresentOrElse(problems::add, () -> config.put(parameter.name(), read.value()));
                read.repair().ifPresent(repairs::add);
            }
        }
        return problems.isEmpty() ? checked(space.config(config), repairs, history) : rejected(together(problems));
    }

    /** What the model would change about the incumbent: a repair that undid that would undo the proposal. */
    private static Set<String> changed(Config config, History history) {
        return history.incumbent()
                .map(incumbent -> config.values().entrySet().stream()
                        .filter(entry ->
                                !entry.getValue().equals(incumbent.config().get(entry.getKey())))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet()))
                .orElse(Set.of());
    }

    private Reply checked(Config config, List<String> repairs, History history) {
        Optional<Config> kept = space.repair(config, changed(config, history));
        if (kept.isEmpty()) {
            return rejected("the constraint " + space.broken(config).get(0).text() + " is broken");
        }
        if (!kept.get().equals(config)) {
            repairs.add("moved to keep " + space.broken(config).get(0).text());
        }
        Optional<Trial> before = Repeats.find(kept.get(), history);
        return before.<Reply>map(trial -> rejected("trial " + trial.number() + " ran exactly these settings before ("
                        + (trial.value().isPresent()
                                ? "value " + Numbers.text(trial.value().getAsDouble(), 4)
                                : trial.outcome().status())
                        + "); propose others"))
                .orElseGet(() -> new Reply.Settings(kept.get(), repairs));
    }

    /** The first problems, each cut so that all have room. */
    private static String together(List<String> problems) {
        int told = Math.min(MOST_PROBLEMS, problems.size());
        return problems.stream()
                .limit(told)
                .map(problem -> Excerpt.of(problem, LONGEST_REASON / told - 2))
                .collect(Collectors.joining("; "));
    }

    private static Reply rejected(String reason) {
        return new Reply.Rejected(Excerpt.of(reason, LONGEST_REASON));
    }
}
