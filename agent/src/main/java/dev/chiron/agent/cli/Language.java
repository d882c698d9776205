package dev.chiron.agent.cli;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.llm.Builtin;
import dev.chiron.agent.llm.LlmOptions;
import dev.chiron.agent.llm.Model;
import dev.chiron.agent.llm.ModelSize;
import dev.chiron.agent.llm.Models;
import dev.chiron.agent.llm.Thinking;
import dev.chiron.agent.propose.Partner;
import dev.chiron.agent.spec.FrozenSpec;
import dev.chiron.agent.spec.LlmSpec;
import dev.chiron.prompts.describe.PromptStyle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Opens the language model that a task names. */
final class Language {

    private static final int RETRIES = 3;
    private static final String REPLAY = "replay:";

    private Language() {}

    static Models models(Console console) {
        return new Models(console.environment(), new Builtin()::reply);
    }

    /**
     * The model; empty for {@code none} and for {@code perturb}, which is none.
     *
     * @throws BadInput if its name, address or key will not do
     */
    static Optional<Model> open(Console console, LlmSpec llm, long seed) {
        if (llm.model().equals(Partner.Perturb.NAME)) {
            return Optional.empty();
        }
        try {
            return models(console).open(llm.model(), options(llm, seed));
        } catch (IllegalArgumentException e) {
            throw new BadInput("llm.model " + llm.model() + ": " + e.getMessage(), e);
        }
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

    /**
     * The settings with the prompt that suits the model: small for one of up to 8 billion parameters, full where its size is
     * not known. A recording is replayed with what was recorded. A prompt that is chosen already stays.
     */
    static LlmSpec prompted(Console console, LlmSpec llm) {
        return llm.asking().prompt().equals(LlmSpec.AUTO)
                ? llm.withPrompt(style(console, llm).label())
                : llm;
    }

    private static PromptStyle style(Console console, LlmSpec llm) {
        if (llm.model().startsWith(REPLAY)) {
            return recorded(console.path(llm.model().substring(REPLAY.length()).strip()));
        }
        return style(models(console).billions(llm.model(), options(llm, 0)));
    }

    /** What a model of so many billions reads; of an unknown size if empty. */
    static PromptStyle style(OptionalDouble billions) {
        return billions.isPresent() && ModelSize.isSmall(billions.getAsDouble()) ? PromptStyle.SMALL : PromptStyle.FULL;
    }

    /** @param folder a study's, or its {@code llm/} */
    private static PromptStyle recorded(Path folder) {
        return Stream.of(folder, folder.resolveSibling("."))
                .map(study -> study.resolve("study.yaml"))
                .filter(Files::exists)
                .findFirst()
                .map(FrozenSpec::read)
                .filter(spec -> spec.llm().asking().prompt().equals(PromptStyle.SMALL.label()))
                .map(spec -> PromptStyle.SMALL)
                .orElse(PromptStyle.FULL);
    }
}
