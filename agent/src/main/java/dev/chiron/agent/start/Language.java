package dev.chiron.agent.start;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.llm.Builtin;
import dev.chiron.agent.llm.LlmOptions;
import dev.chiron.agent.llm.Model;
import dev.chiron.agent.llm.ModelSize;
import dev.chiron.agent.llm.Models;
import dev.chiron.agent.llm.Thinking;
import dev.chiron.agent.propose.Panel;
import dev.chiron.agent.propose.Partner;
import dev.chiron.agent.spec.FrozenSpec;
import dev.chiron.agent.spec.LlmSpec;
import dev.chiron.agent.store.Advice;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.ModelTurn;
import dev.chiron.agent.store.Recording;
import dev.chiron.prompts.describe.PromptStyle;
import dev.chiron.prompts.describe.WarmStartPrompt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Opens the language models that a task names. */
public final class Language {

    private static final int RETRIES = 3;
    private static final String REPLAY = "replay:";

    private Language() {}

    /** Opens models by the addresses and keys of these surroundings. */
    public static Models models(Surroundings surroundings) {
        return new Models(surroundings.environment(), new Builtin()::reply);
    }

    /**
     * The models, in order; none for {@code none} and for {@code perturb}, which is none. A recording of several is one model,
     * with several members.
     *
     * @throws BadInput if a name, address or key will not do
     */
    static List<Panel.Member> open(Surroundings surroundings, LlmSpec llm, long seed) {
        if (llm.model().equals(Partner.Perturb.NAME)) {
            return List.of();
        }
        List<Panel.Member> members = new ArrayList<>();
        List<PromptStyle> styles = styles(surroundings, llm);
        for (String spec : llm.models()) {
            try {
                Optional<Model> model = models(surroundings).open(spec, options(llm, seed));
                PromptStyle style = styles.get(members.size());
                model.ifPresent(opened -> members.add(new Panel.Member(opened.name(), opened, style)));
            } catch (IllegalArgumentException e) {
                throw new BadInput("llm.model " + spec + ": " + e.getMessage(), e);
            }
        }
        return isReplay(llm) ? recorded(surroundings, llm.model(), members.get(0)) : members;
    }

    /** Everybody who was asked in a recorded study, in the order in which they came to word. */
    private static List<Panel.Member> recorded(Surroundings surroundings, String spec, Panel.Member replay) {
        Map<String, PromptStyle> styles = new LinkedHashMap<>();
        turns(surroundings, spec)
                .map(ModelTurn::asked)
                .filter(asked -> !asked.template().equals(WarmStartPrompt.TEMPLATE))
                .forEach(asked -> styles.put(asked.author(), style(asked.template())));
        List<Panel.Member> members = authors(surroundings, spec).values().stream()
                .distinct()
                .map(author -> new Panel.Member(author, replay.model(), styles.getOrDefault(author, replay.style())))
                .toList();
        return members.isEmpty() ? List.of(replay) : members;
    }

    /** Who has which turn of a study, by the turn's key, in any case: known where one is replayed. */
    static Map<String, String> asked(Surroundings surroundings, LlmSpec llm) {
        return isReplay(llm) ? authors(surroundings, llm.model()) : new LinkedHashMap<>();
    }

    /** By what was said, and by the journal: where the budget was spent nothing was said. */
    private static Map<String, String> authors(Surroundings surroundings, String replay) {
        Map<String, String> authors = models(surroundings).authors(replay);
        turns(surroundings, replay)
                .map(ModelTurn::asked)
                .filter(asked -> !asked.author().isEmpty())
                .forEach(asked -> authors.putIfAbsent(asked.key(), asked.author()));
        advice(surroundings, replay).forEach(advice -> authors.putIfAbsent(advice.key(), advice.author()));
        return authors;
    }

    /** On which turns of a study that is replayed the budget was spent, and what was said of it, by the turn's key. */
    static Map<String, String> spent(Surroundings surroundings, LlmSpec llm) {
        Map<String, String> spent = new LinkedHashMap<>();
        if (isReplay(llm)) {
            turns(surroundings, llm.model())
                    .filter(ModelTurn::overBudget)
                    .forEach(turn -> spent.put(turn.asked().key(), turn.fallback()));
            advice(surroundings, llm.model())
                    .filter(Advice::overBudget)
                    .forEach(advice -> spent.put(advice.key(), advice.failure()));
        }
        return spent;
    }

    static boolean isReplay(LlmSpec llm) {
        return llm.model().startsWith(REPLAY);
    }

    private static Stream<ModelTurn> turns(Surroundings surroundings, String replay) {
        return entries(surroundings, replay).flatMap(entry -> entry.turn().stream());
    }

    private static Stream<Advice> advice(Surroundings surroundings, String replay) {
        return entries(surroundings, replay).flatMap(entry -> entry.advice().stream());
    }

    private static Stream<Entry> entries(Surroundings surroundings, String replay) {
        return Recording.read(study(surroundings, replay)).stream().flatMap(recording -> recording.entries().stream());
    }

    private static PromptStyle style(String template) {
        return template.equals(PromptStyle.SMALL.template()) ? PromptStyle.SMALL : PromptStyle.FULL;
    }

    private static LlmOptions options(LlmSpec llm, long seed) {
        LlmOptions defaults = LlmOptions.defaults();
        return new LlmOptions(
                llm.url().orElse(""),
                llm.temperature(),
                llm.timeout(),
                llm.access().maxTokens(),
                Thinking.of(llm.think()),
                llm.access().context().orElse(defaults.contextMax()),
                defaults.keepAlive(),
                llm.access().keyEnv().orElse(""),
                llm.access().env(),
                RETRIES,
                seed);
    }

    /** The settings with the prompts that the models read, by which a study that goes on stays with them. */
    static LlmSpec prompted(LlmSpec llm, List<Panel.Member> members) {
        List<String> chosen =
                members.stream().map(member -> member.style().label()).toList();
        return llm.withPrompts(chosen.stream().distinct().count() == 1 ? List.of(chosen.get(0)) : chosen);
    }

    /**
     * The prompt that suits each model: small for one of up to 8 billion parameters, full where its size is not known. A recording
     * is replayed with what was recorded. Prompts that are chosen already stay, if they are one for all, or one for each.
     */
    private static List<PromptStyle> styles(Surroundings surroundings, LlmSpec llm) {
        List<String> written = llm.asking().prompts();
        List<PromptStyle> styles = new ArrayList<>();
        for (String model : llm.models()) {
            String prompt = written.size() == 1
                    ? written.get(0)
                    : written.size() == llm.models().size() ? written.get(styles.size()) : LlmSpec.AUTO;
            styles.add(
                    prompt.equals(LlmSpec.AUTO)
                            ? style(surroundings, llm, model)
                            : prompt.equals(PromptStyle.SMALL.label()) ? PromptStyle.SMALL : PromptStyle.FULL);
        }
        return styles;
    }

    private static PromptStyle style(Surroundings surroundings, LlmSpec llm, String model) {
        if (model.startsWith(REPLAY)) {
            return recorded(study(surroundings, model));
        }
        return style(models(surroundings).billions(model, options(llm, 0)));
    }

    /** What a model of so many billions reads; of an unknown size if empty. */
    public static PromptStyle style(OptionalDouble billions) {
        return billions.isPresent() && ModelSize.isSmall(billions.getAsDouble()) ? PromptStyle.SMALL : PromptStyle.FULL;
    }

    /** The folder of a study that is replayed: the one that is named, or the one around its {@code llm/}. */
    private static Path study(Surroundings surroundings, String spec) {
        Path folder = surroundings.path(spec.substring(REPLAY.length()).strip());
        return Files.exists(folder.resolve("study.yaml")) ? folder : folder.resolveSibling(".");
    }

    private static PromptStyle recorded(Path study) {
        return Optional.of(study.resolve("study.yaml"))
                .filter(Files::exists)
                .map(FrozenSpec::read)
                .filter(spec -> spec.llm().asking().prompts().equals(List.of(PromptStyle.SMALL.label())))
                .map(spec -> PromptStyle.SMALL)
                .orElse(PromptStyle.FULL);
    }
}
