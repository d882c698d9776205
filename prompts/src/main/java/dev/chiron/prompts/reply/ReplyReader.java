package dev.chiron.prompts.reply;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Numbers;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Pending;
import dev.chiron.optimizers.study.Trial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads replies for a search space: a list of candidates with a forecast each, or one config. Of the JSON objects in a reply those
 * outside the model's reasoning that name a parameter are its answer. What it leaves out is the optimizer's; what cannot be used is sent back with the reason.
 */
public final class ReplyReader {

    static final int LONGEST_REASON = 300;
    private static final int MOST_PROBLEMS = 5;
    private static final int MOST_CANDIDATES = 10;

    private final SearchSpace space;
    private final Optional<String>
            source; // of what a reply leaves out; empty where that stays as it was, and nothing is mended by it
    private final ValueReader values;

    /** Replies for this space; what they leave out is an optimizer's. */
    public ReplyReader(SearchSpace space) {
        this(space, Optional.of("optimizer"));
    }

    private ReplyReader(SearchSpace space, Optional<String> source) {
        this.space = space;
        this.source = source;
        this.values = new ValueReader(space);
    }

    /** Replies for this space; what they leave out is as the script has it. */
    public static ReplyReader withScript(SearchSpace space) {
        return new ReplyReader(space, Optional.of("script"));
    }

    /** Replies that say what is to change of a config: what they leave out stays. */
    public static ReplyReader ofChanges(SearchSpace space) {
        return new ReplyReader(space, Optional.empty());
    }

    /**
     * Reads a reply.
     *
     * @param suggestion what the optimizer would try, or what the script has, or what is changed: stands in for what the reply leaves out
     * @param history the trials so far, none of which may be repeated
     */
    public Reply read(String text, Config suggestion, History history) {
        String decision = Reasoning.removed(text);
        JsonObjects.Found found = JsonObjects.in(decision.isBlank() ? text : decision);
        return answer(found.objects(), suggestion, history)
                .or(() -> found.cutOff() || found.tooLong()
                        ? Optional.empty()
                        : answer(JsonObjects.in(text).objects(), suggestion, history))
                .orElseGet(() -> rejected(nothingFound(text, found)));
    }

    /** Whether a config ran before or is running, or reads like one that did or is. */
    public boolean isRepeat(Config config, History history) {
        return Repeats.find(config, history).isPresent()
                || Repeats.pending(config, history).isPresent();
    }

    private String nothingFound(String text, JsonObjects.Found found) {
        if (text.isBlank()) {
            return "the reply was empty";
        }
        if (source.isEmpty() && !found.cutOff() && !found.tooLong()) {
            return "nothing was changed, and the study goes on: suggest values that have not run together, in one JSON object";
        }
        if (found.cutOff()) {
            return "the JSON object was cut off before its end; answer shortly, with the JSON object alone";
        }
        if (found.tooLong()) {
            return String.format(
                    Locale.ROOT,
                    "the JSON object has more than %,d characters; answer with the few candidates that were asked for",
                    JsonObjects.LONGEST);
        }
        return found.objects().isEmpty()
                ? "no JSON object was found in the reply"
                : "the JSON object names no parameter of the table";
    }

    /** What the first object with a list of configs lists; without one, the one config of the reply. */
    private Optional<Reply> answer(List<JsonNode> objects, Config suggestion, History history) {
        List<Reply> lists = objects.stream()
                .flatMap(object -> listed(object).stream())
                .map(list -> all(list, suggestion, history))
                .toList();
        return lists.stream()
                .filter(Reply.Candidates.class::isInstance)
                .findFirst()
                .or(() -> lists.stream().findFirst())
                .or(() -> one(objects, suggestion, history));
    }

    /** The elements that name a parameter, of each list in an object that has any: the one called candidates before others. */
    private List<List<JsonNode>> listed(JsonNode object) {
        List<List<JsonNode>> lists = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            List<JsonNode> elements = new ArrayList<>();
            if (field.getValue().isArray()) {
                field.getValue().forEach(elements::add);
            }
            elements.removeIf(element -> fullest(element).names() == 0);
            if (!elements.isEmpty()) {
                lists.add(field.getKey().equals(ReplySchema.CANDIDATES) ? 0 : lists.size(), elements);
            }
        }
        return lists;
    }

    private Reply all(List<JsonNode> list, Config suggestion, History history) {
        List<Candidate> candidates = new ArrayList<>();
        List<String> dropped = new ArrayList<>();
        for (JsonNode element : list.subList(0, Math.min(MOST_CANDIDATES, list.size()))) {
            Reply reply = settings(element, fullest(element).node(), suggestion, history);
            if (reply instanceof Reply.Candidates usable) {
                usable.candidates().stream()
                        .filter(candidate -> candidates.stream()
                                .noneMatch(other -> other.config().equals(candidate.config())))
                        .forEach(candidates::add);
            } else {
                dropped.add(((Reply.Rejected) reply).reason());
            }
        }
        return candidates.isEmpty() ? rejected(together(dropped)) : new Reply.Candidates(candidates, dropped);
    }

    /**
     * The first usable object of those that name most parameters: a model that goes on to compare its answer with the baseline
     * means the first, and one that begins with the baseline repeats a trial there. If none can be used, what is wrong with
     * the last of them.
     */
    private Optional<Reply> one(List<JsonNode> objects, Config suggestion, History history) {
        List<Reply> replies = fullest(objects).stream()
                .map(fullest -> settings(fullest.outer(), fullest.node(), suggestion, history))
                .toList();
        return replies.stream()
                .filter(Reply.Candidates.class::isInstance)
                .findFirst()
                .or(() -> replies.stream().reduce((earlier, later) -> later));
    }

    private List<Fullest> fullest(List<JsonNode> objects) {
        List<Fullest> named = objects.stream()
                .map(this::fullest)
                .filter(fullest -> fullest.names() > 0)
                .toList();
        long most = named.stream().mapToLong(Fullest::names).max().orElse(0);
        return named.stream().filter(fullest -> fullest.names() == most).toList();
    }

    /** @param outer what directly holds the node, or the node itself where nothing does */
    private record Fullest(JsonNode outer, JsonNode node, long names, boolean inside) {}

    /** The node, or the one inside it that names more parameters; of equal ones inside it the last. */
    private Fullest fullest(JsonNode node) {
        Fullest outer = new Fullest(node, node, values.names(node), false);
        Fullest inner = outer;
        for (JsonNode child : node) {
            Fullest found = fullest(child);
            Fullest candidate = new Fullest(found.inside() ? found.outer() : node, found.node(), found.names(), true);
            boolean more = candidate.names() > outer.names() && candidate.names() >= inner.names();
            inner = more ? candidate : inner;
        }
        return inner;
    }

    /** @param outer the object itself, or the one around it, in which a forecast may stand */
    private Reply settings(JsonNode outer, JsonNode object, Config suggestion, History history) {
        List<ValueReader.Read> reads = new ArrayList<>();
        Map<String, Value> config = new LinkedHashMap<>();
        List<Value> suggested = space.values(suggestion);
        for (int i = 0; i < space.size(); i++) {
            Parameter parameter = space.parameters().get(i);
            boolean isActive = suggestion.find(parameter.name()).isPresent();
            ValueReader.Read missing = missing(parameter.name(), suggested.get(i), isActive);
            ValueReader.Read read = values.find(object, parameter.name())
                    .map(named -> ValueReader.read(parameter, named))
                    .orElse(missing);
            reads.add(read);
            if (read.problem().isEmpty()) {
                config.put(parameter.name(), read.value());
            }
        }
        List<String> repairs = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        boolean[] active = space.active(config); // what is not active may be anything
        for (int i = 0; i < active.length; i++) {
            if (active[i]) {
                reads.get(i).problem().ifPresent(problems::add);
                reads.get(i).repair().ifPresent(repairs::add);
            }
        }
        return problems.isEmpty()
                ? checked(space.config(config), repairs, forecast(outer, history), history)
                : rejected(together(problems));
    }

    private ValueReader.Read missing(String name, Value value, boolean isSuggested) {
        Optional<String> from = isSuggested ? source : Optional.of("script");
        return new ValueReader.Read(
                value, from.map(whose -> name + " was missing and taken from the " + whose), Optional.empty());
    }

    /** What stands beside a config; a number that cannot be one says nothing. */
    private Forecast forecast(JsonNode outer, History history) {
        OptionalDouble failure = number(outer, ReplySchema.FAILURE);
        return new Forecast(
                Reckoning.of(number(outer, ReplySchema.VALUE), history),
                failure.isPresent() && failure.getAsDouble() >= 0 && failure.getAsDouble() <= 1
                        ? failure
                        : OptionalDouble.empty());
    }

    private OptionalDouble number(JsonNode outer, String field) {
        JsonNode node = outer.path(field);
        return node.isNumber()
                        && Double.isFinite(node.doubleValue())
                        && space.find(field).isEmpty()
                ? OptionalDouble.of(node.doubleValue())
                : OptionalDouble.empty();
    }

    /** What the model would change about the incumbent: a repair that undid that would undo the proposal. */
    private static Set<String> changed(Config config, History history) {
        return history.incumbent()
                .map(incumbent -> config.values().entrySet().stream()
                        .filter(entry ->
                                !incumbent.config().find(entry.getKey()).equals(Optional.of(entry.getValue())))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet()))
                .orElse(Set.of());
    }

    private Reply checked(Config config, List<String> repairs, Forecast forecast, History history) {
        Optional<Config> kept = space.repair(config, changed(config, history));
        if (kept.isEmpty()) {
            return rejected("the constraint " + space.broken(config).get(0).text() + " is broken");
        }
        if (!kept.get().equals(config)) {
            repairs.add("moved to keep " + space.broken(config).get(0).text());
        }
        Optional<Pending> running = Repeats.pending(kept.get(), history);
        if (running.isPresent()) {
            return rejected(
                    "trial " + running.get().number() + " is running exactly these settings now; propose others");
        }
        Optional<Trial> before = Repeats.find(kept.get(), history);
        return before.<Reply>map(trial -> rejected("trial " + trial.number() + " ran exactly these settings before ("
                        + (trial.value().isPresent()
                                ? "value " + Numbers.text(trial.value().getAsDouble(), 4)
                                : trial.outcome().status())
                        + "); propose others"))
                .orElseGet(
                        () -> new Reply.Candidates(List.of(new Candidate(kept.get(), repairs, forecast)), List.of()));
    }

    /** The first problems, each cut so that all have room. */
    private static String together(List<String> problems) {
        List<String> different = problems.stream().distinct().toList();
        int told = Math.min(MOST_PROBLEMS, different.size());
        return different.stream()
                .limit(told)
                .map(problem -> Excerpt.of(problem, LONGEST_REASON / told - 2))
                .collect(Collectors.joining("; "));
    }

    private static Reply rejected(String reason) {
        return new Reply.Rejected(Excerpt.of(reason, LONGEST_REASON));
    }
}
