package dev.chiron.agent.propose;

import dev.chiron.agent.Bandit;
import dev.chiron.agent.llm.Model;
import dev.chiron.agent.store.Entry;
import dev.chiron.optimizers.study.History;
import dev.chiron.prompts.describe.PromptStyle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The models that share the model's turns: one, or several of which a {@linkplain Bandit bandit} chooses. */
public final class Panel {

    private final List<Member> members;
    private final Optional<Bandit> bandit;
    private final Map<String, String> asked;

    /**
     * A model and how it is asked.
     *
     * @param name as author of its turns
     * @param style of the prompts that it reads
     */
    public record Member(String name, Model model, PromptStyle style) {}

    /**
     * Models that share turns.
     *
     * @param members one or more
     * @param bandit over their names
     * @param asked who has a turn in any case, by the turn's key: those of a study that is replayed
     */
    public Panel(List<Member> members, Bandit bandit, Map<String, String> asked) {
        this(members, Optional.of(bandit), asked);
    }

    private Panel(List<Member> members, Optional<Bandit> bandit, Map<String, String> asked) {
        this.members = List.copyOf(members);
        this.bandit = bandit;
        this.asked = new LinkedHashMap<>(asked);
    }

    /** No model, for a study in which no turn is a model's. */
    public static Panel empty() {
        return new Panel(List.of(), Optional.empty(), new LinkedHashMap<>());
    }

    /** One model alone. */
    public static Panel of(Model model, PromptStyle style) {
        return new Panel(
                List.of(new Member(model.name(), model, style)),
                new Bandit(List.of(model.name()), 0, 0),
                new LinkedHashMap<>());
    }

    /** All of them, the first first. */
    public List<Member> members() {
        return members;
    }

    /** How users name them; {@code none} without any. */
    public String label() {
        return members.isEmpty() ? "none" : names().collect(Collectors.joining(", "));
    }

    /** How many they are; a replay is one, whoever had the turns then. */
    public int models() {
        return (int) names().count();
    }

    private Stream<String> names() {
        return members.stream().map(member -> member.model().name()).distinct();
    }

    /**
     * Whose turn a trial is, if it is a model's.
     *
     * @param number of the trial, counted without repeats: the next one, or the one after
     * @param key of the turn
     * @throws java.util.NoSuchElementException if there is no model
     */
    public Member next(int number, String key) {
        String chosen = bandit.orElseThrow().choose(number);
        return named(asked.getOrDefault(key, chosen)).or(() -> named(chosen)).orElseThrow();
    }

    /** The one of that name, if it is here. */
    public Optional<Member> named(String name) {
        return members.stream().filter(member -> member.name().equals(name)).findFirst();
    }

    /**
     * Takes a trial into account, each once, in order.
     *
     * @param before the trials before it
     */
    public void learn(Entry entry, History before) {
        bandit.ifPresent(models -> models.learn(entry, before));
    }
}
