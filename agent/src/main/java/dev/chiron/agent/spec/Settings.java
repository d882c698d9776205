package dev.chiron.agent.spec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All settings of one value, each from the strongest layer that has it. */
final class Settings {

    /** Holds a key, which is no setting: none is ever written down. */
    private static final String SECRET = "CHIRON_LLM_KEY";

    /** The method whose models have half of the turns, from trial 2 on; measured, see docs/papers.md. */
    private static final String TEAM_OF_EDITORS = "centaur-code";

    private final Map<Key, Scalar> given = new EnumMap<>(Key.class);
    private final ModelOrigin modelOrigin;

    /** @param layers the strongest first */
    Settings(List<Map<Key, Scalar>> layers) {
        this(layers, new ModelOrigin("", ""));
    }

    /**
     * @param layers the strongest first
     * @param modelOrigin where the models in them come from
     */
    Settings(List<Map<Key, Scalar>> layers, ModelOrigin modelOrigin) {
        this.modelOrigin = modelOrigin;
        for (Map<Key, Scalar> layer : layers) {
            layer.forEach(given::putIfAbsent);
        }
    }

    /** The setting, or what holds when it is not given. */
    Scalar get(Key key) {
        return find(key).orElseGet(() -> new Scalar(new Place("default", key.dotted()), fallback(key), false));
    }

    Optional<Scalar> find(Key key) {
        return Optional.ofNullable(given.get(key));
    }

    ModelOrigin modelOrigin() {
        return modelOrigin;
    }

    /**
     * Who says how long to train does not also mean a hundred trials; edits of the script come sooner and more often than numbers; with
     * LLAMBO the model has all turns after five first trials, of which it proposes four, at the paper's temperature where that is followed;
     * with llm, optoprime and agent-hpo all after the baseline, at the published temperatures; and with llm-tpe every second of these, by a coin.
     */
    private String fallback(Key key) {
        boolean timed = Stream.of(Key.BUDGET_TRAIN_TIME, Key.BUDGET_TRAININGS)
                .anyMatch(other -> find(other).filter(bound -> !bound.isNone()).isPresent());
        boolean edits = is(Key.METHOD, TEAM_OF_EDITORS);
        boolean llambo = is(Key.METHOD, TaskReader.LLAMBO);
        boolean llm = is(Key.METHOD, TaskReader.LLM);
        boolean logged = is(Key.METHOD, TaskReader.AGENT_HPO);
        boolean alone = llm || logged || is(Key.METHOD, TaskReader.OPTOPRIME);
        boolean tossed = is(Key.METHOD, TaskReader.LLM_TPE);
        boolean controlled = is(Key.LLM_MODEL, "perturb")
                || is(Key.LLM_MODEL, "none")
                || find(Key.LLM_MODEL).isEmpty();
        return switch (key) {
            case BUDGET_TRIALS -> timed ? Key.NONE : key.fallback();
            case LLM_SHARE -> edits || tossed ? "0.5" : llambo || alone ? "1" : key.fallback();
            case LLM_WARMUP -> edits || alone || tossed ? "1" : llambo ? "5" : key.fallback();
            case LLM_WARM_START -> llambo && !controlled ? "4" : key.fallback();
            case LLM_TEMPERATURE ->
                llm
                        ? temperature()
                        : logged ? "0" : llambo && is(Key.LLAMBO_MODE, LlamboSpec.FAITHFUL) ? "0.7" : key.fallback();
            default -> key.fallback();
        };
    }

    /** Of the method llm's styles. */
    private String temperature() {
        return switch (get(Key.LLM_STYLE).words()) {
            case LlmSpec.Asking.AGENT -> "0.7";
            case LlmSpec.Asking.OPRO -> "1";
            default -> "0";
        };
    }

    private boolean is(Key key, String word) {
        return find(key).filter(given -> given.words().equals(word)).isPresent();
    }

    /** The settings of these keys with where they came from. */
    List<Setting> list(List<Key> keys) {
        return keys.stream()
                .map(key -> new Setting(
                        key.dotted(), get(key).text(), get(key).place().source()))
                .toList();
    }

    /** The layer that flags make; the last one given of a key holds. */
    static Map<Key, Scalar> of(List<Setting> flags) {
        Map<Key, Scalar> layer = new EnumMap<>(Key.class);
        for (Setting flag : flags) {
            Place place = new Place(flag.origin(), "");
            List<String> known = Key.dotted(Key.in(Key.Scope.TASK));
            Key key = Key.of(flag.key())
                    .orElseThrow(() -> place.bad("unknown key `" + flag.key() + "`" + Nearest.hint(flag.key(), known)));
            layer.put(key, new Scalar(place, flag.text(), false));
        }
        return layer;
    }

    /** The layer that {@code CHIRON_*} variables make; an empty one counts as not set, a misspelt one is refused. */
    static Map<Key, Scalar> of(Map<String, String> environment) {
        Map<Key, Scalar> layer = new EnumMap<>(Key.class);
        List<Key> keys = Key.in(Key.Scope.RUN);
        List<String> known = keys.stream().map(Key::variable).toList();
        environment.forEach((name, text) -> {
            if (known.contains(name) && !text.isEmpty()) {
                layer.put(keys.get(known.indexOf(name)), new Scalar(new Place(name, ""), text, false));
            } else if (Key.isVariable(name) && !known.contains(name) && !name.equals(SECRET)) {
                Nearest.to(name, known).ifPresent(near -> {
                    throw new Place(name, "").bad("unknown variable, did you mean `" + near + "`?");
                });
            }
        });
        return layer;
    }

    /**
     * The layer that a file makes.
     *
     * @param scope what of the file counts
     * @param structured the sections and lists that the caller reads itself; {@code metric.from} among them
     */
    static Map<Key, Scalar> of(Section root, Key.Scope scope, List<String> structured) {
        List<Key> keys = Key.in(scope);
        List<String> known =
                new ArrayList<>(keys.stream().map(Key::section).distinct().toList());
        known.addAll(structured.stream().filter(key -> !key.contains(".")).toList());
        root.only(known);
        Map<Key, Scalar> layer = new EnumMap<>(Key.class);
        for (String name : known) {
            List<Key> inside =
                    keys.stream().filter(key -> key.section().equals(name)).toList();
            Optional<Entry> entry = root.find(name);
            if (entry.isPresent()
                    && inside.size() == 1
                    && inside.get(0).dotted().equals(name)) {
                layer.put(inside.get(0), scalar(inside.get(0), entry.get()));
            } else if (entry.isPresent() && !inside.isEmpty()) {
                layer.putAll(section(entry.get(), name, inside, structured));
            }
        }
        return layer;
    }

    private static Map<Key, Scalar> section(Entry entry, String name, List<Key> keys, List<String> structured) {
        List<String> known = new ArrayList<>();
        keys.forEach(key -> known.add(key.dotted().substring(name.length() + 1)));
        structured.stream()
                .filter(key -> key.startsWith(name + "."))
                .forEach(key -> known.add(key.substring(name.length() + 1)));
        Map<Key, Scalar> layer = new EnumMap<>(Key.class);
        if (keys.contains(Key.LLM_MODEL) && !entry.isSection()) {
            layer.put(Key.LLM_MODEL, models(entry)); // llm: [a, b] is short for llm: { model: [a, b] }
            return layer;
        }
        if (keys.contains(Key.FROM_SOURCES) && !entry.isSection()) {
            layer.put(Key.FROM_SOURCES, sources(entry)); // from: runs.csv is short for from: { sources: runs.csv }
            return layer;
        }
        if (keys.contains(Key.PRUNE_BY) && entry.isScalar()) {
            layer.put(Key.PRUNE_BY, entry.scalar()); // prune: median is short for prune: { by: median }
            return layer;
        }
        if (keys.contains(Key.FACTS_CARDS) && entry.isScalar()) {
            layer.put(Key.FACTS_CARDS, entry.scalar()); // facts: none is short for facts: { cards: none }
            return layer;
        }
        boolean several = keys.contains(Key.METRIC_NAME) && entry.isList();
        List<Entry> entries = several ? entry.list("[ { name: val_loss }, { name: latency_ms } ]") : List.of(entry);
        if (entries.isEmpty()) {
            throw entry.place().bad("is empty; name a metric, for example " + example(known));
        }
        Section section = entries.get(0).section(example(known)).only(known);
        for (Key key : keys) {
            section.find(key.dotted().substring(name.length() + 1))
                    .ifPresent(found -> layer.put(key, scalar(key, found)));
        }
        return layer;
    }

    private static Scalar scalar(Key key, Entry found) {
        return switch (key) {
            case LLM_MODEL -> models(found);
            case FROM_SOURCES -> sources(found);
            case FROM_METRIC -> names(found);
            case GPUS -> CrewReader.joined(found);
            default -> found.scalar();
        };
    }

    /** One source of earlier results, or a list of them. */
    private static Scalar sources(Entry entry) {
        return entry.isScalar()
                ? entry.scalar()
                : FromReader.joined(
                        entry.place(),
                        entry.list("[runs.csv, old/chiron-study]").stream()
                                .map(Entry::scalar)
                                .toList());
    }

    /** One name, or a list of them. */
    private static Scalar names(Entry entry) {
        return entry.isScalar()
                ? entry.scalar()
                : new Scalar(
                        entry.place(),
                        entry.list("[val/loss, latency]").stream()
                                .map(item -> item.scalar().words())
                                .collect(Collectors.joining(", ")),
                        true);
    }

    /** One model, or a list of them. */
    private static Scalar models(Entry entry) {
        return entry.isList()
                ? ModelList.joined(
                        entry.place(),
                        entry.list("[ollama:qwen3:8b, builtin]").stream()
                                .map(Entry::scalar)
                                .toList())
                : entry.scalar();
    }

    private static String example(List<String> known) {
        return "{ " + known.get(0) + ": … }; known are " + String.join(", ", known);
    }

    /** Every key, in order. */
    static List<Key> all() {
        return Arrays.asList(Key.values());
    }
}
