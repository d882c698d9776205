package dev.chiron.agent.cli;

import dev.chiron.agent.End;
import dev.chiron.agent.llm.Answer;
import dev.chiron.agent.llm.HostedProbe;
import dev.chiron.agent.llm.LlmOptions;
import dev.chiron.agent.llm.Model;
import dev.chiron.agent.llm.Models;
import dev.chiron.agent.llm.OllamaProbe;
import dev.chiron.agent.llm.Question;
import dev.chiron.agent.llm.cost.Price;
import dev.chiron.agent.llm.cost.Prices;
import dev.chiron.agent.spec.PriceFile;
import dev.chiron.agent.start.Language;
import dev.chiron.agent.start.ModelCheck;
import dev.chiron.agent.view.Texts;
import dev.chiron.optimizers.space.Numbers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Which language models can be reached from here, and what one of them can do. */
final class ModelFindings {

    private static final int SHOWN = 3;
    private static final int LITTLE_CONTEXT = 8_192;
    private static final int BAD_INPUT = 2;
    private static final double MILLIARD = 1e9;
    private static final String OLLAMA = "ollama:";

    /** Long enough an answer that its length tells the speed, whatever the model. */
    private static final Question COUNTING = new Question(
            "Write the numbers from 1 to 60 in English words, separated by commas. Write nothing else.", "", "speed-0");

    private final Console console;
    private final Models models;
    private final LlmOptions options;

    /** @param options how the models are reached */
    ModelFindings(Console console, LlmOptions options) {
        this.console = console;
        this.models = Language.models(console.surroundings());
        this.options = options;
    }

    /** Ollama, and each provider whose key is set. */
    List<Finding> around() {
        List<Finding> findings = new ArrayList<>();
        findings.add(ollama());
        List<String> keys = models.keys();
        findings.add(
                keys.isEmpty()
                        ? Finding.absent(
                                "keys",
                                "no key of a provider is in the environment",
                                "for a hosted model set OPENAI_API_KEY, ANTHROPIC_API_KEY or GEMINI_API_KEY")
                        : Finding.ok("keys", "set: " + String.join(", ", keys)));
        models.hosted().forEach(found -> findings.add(hosted(found)));
        return findings;
    }

    private Finding ollama() {
        OllamaProbe probe = new OllamaProbe(console.environment());
        OllamaProbe.Finding found = probe.look();
        if (!found.answers()) {
            return Finding.absent(
                    "ollama",
                    "no answer at " + found.url(),
                    "for a model on your own machine start it (ollama serve), or set OLLAMA_HOST");
        }
        String version = probe.version().map(text -> ", version " + text).orElse("");
        if (found.models().isEmpty()) {
            return Finding.note("ollama", found.url() + version + ", no models", "ollama pull qwen3:8b");
        }
        String names = found.models().stream()
                .map(model -> model.name()
                        + (model.bytes() > 0 ? String.format(Locale.ROOT, " (%.1f GB)", model.bytes() / MILLIARD) : ""))
                .collect(Collectors.joining(", "));
        return Finding.ok("ollama", found.url() + version + ", models: " + names);
    }

    /** A provider whose key is set: whether it takes the key, and the first of its models with what it says of them. */
    private static Finding hosted(HostedProbe.Finding found) {
        if (!found.trouble().isEmpty()) {
            return Finding.note(found.provider(), found.trouble(), "set another key, or unset it if you do not use it");
        }
        String first =
                found.models().stream().limit(SHOWN).map(ModelFindings::offer).collect(Collectors.joining(", "));
        int left = found.models().size() - SHOWN;
        return Finding.ok(found.provider(), "the key is taken; " + first + (left > 0 ? ", " + left + " more" : ""));
    }

    private static String offer(HostedProbe.Offer offer) {
        List<String> known = new ArrayList<>();
        offer.context().ifPresent(context -> known.add(Texts.count(context) + " tokens"));
        offer.schemas().ifPresent(schemas -> known.add(schemas ? "JSON schema" : "no JSON schema"));
        return offer.name() + (known.isEmpty() ? "" : " (" + String.join(", ", known) + ")");
    }

    /**
     * What one model can do: asks it two small questions.
     *
     * @param prices where its price is looked up
     */
    List<Finding> of(String spec, Prices prices) throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        Optional<Model> opened;
        try {
            opened = models.open(spec, options);
        } catch (IllegalArgumentException e) {
            return List.of(Finding.broken(
                    "model", spec + ": " + e.getMessage(), "see to that, or name another with --llm", BAD_INPUT));
        }
        if (opened.isEmpty()) {
            return List.of();
        }
        Model model = opened.get();
        boolean remote = ModelCheck.isRemote(spec);
        Instant start = console.clock().instant();
        Answer answer = ModelCheck.ask(model);
        findings.add(
                answered(model, answer, Duration.between(start, console.clock().instant())));
        if (remote) {
            findings.add(context(spec));
            findings.add(prompt(spec));
        }
        if (answer instanceof Answer.Replied replied
                && !spec.equals("builtin")) { // rules answer no other prompts than a study's
            findings.add(
                    ModelCheck.isJson(replied.text())
                            ? Finding.ok("json", "it answers in the JSON that was asked for")
                            : Finding.note(
                                    "json",
                                    "its reply was not the JSON asked for",
                                    "expect replies sent back; a larger model does better"));
            if (remote) {
                thinking(spec).ifPresent(findings::add);
                findings.add(speed(model));
                loaded(spec).ifPresent(findings::add);
            }
        }
        findings.add(price(spec, prices));
        return findings;
    }

    private static Finding answered(Model model, Answer answer, Duration took) {
        if (answer instanceof Answer.Replied replied) {
            return Finding.ok(
                    "model",
                    model.name() + " answered in " + Texts.time(took) + ", "
                            + replied.usage().tokensIn() + " tokens in, "
                            + replied.usage().tokensOut() + " out");
        }
        if (answer instanceof Answer.Refused refused) {
            return Finding.broken(
                    "model",
                    model.name() + ": " + refused.why(),
                    "correct the key or the name",
                    End.MODEL_REFUSED.exitCode());
        }
        String why = answer instanceof Answer.Unreachable away ? away.why() : "it was not asked";
        return Finding.broken(
                "model",
                model.name() + " does not answer: " + why,
                "start it, or look at its address; a study without --llm-required goes on without it",
                End.MODEL_UNREACHABLE.exitCode());
    }

    private Finding context(String spec) {
        OptionalInt length = models.contextLength(spec, options);
        if (length.isEmpty()) {
            return Finding.note(
                    "context",
                    "the server does not say how much it reads",
                    "a prompt takes some thousand tokens; look that the server is started with 8,192 or more");
        }
        String most = spec.startsWith(OLLAMA) ? " at most; each request asks for what it needs" : "";
        String detail = Texts.count(length.getAsInt()) + " tokens" + most;
        return length.getAsInt() < LITTLE_CONTEXT
                ? Finding.note(
                        "context", detail, "that is little: long studies are told shortened; llm.prompt=small helps")
                : Finding.ok("context", detail);
    }

    private Finding prompt(String spec) {
        OptionalDouble billions = models.billions(spec, options);
        return Finding.ok(
                "prompt",
                Language.style(billions).label() + ": "
                        + (billions.isPresent()
                                ? "it has " + Numbers.text(billions.getAsDouble(), 3) + " billion parameters"
                                : "how many parameters it has is not known")
                        + "; llm.prompt overrules that");
    }

    private Optional<Finding> thinking(String spec) {
        return models.thinks(spec, options)
                .map(thinks -> Finding.ok(
                        "thinking",
                        thinks ? "it can reason before it answers: llm.think, off by default" : "it cannot reason"));
    }

    /** The first answer has loaded it, if it had to be. */
    private Finding speed(Model model) throws InterruptedException {
        Instant start = console.clock().instant();
        Answer answer = model.answer(COUNTING);
        double seconds = Duration.between(start, console.clock().instant()).toMillis() / 1000.0;
        long tokens = answer.usage().tokensOut();
        if (!(answer instanceof Answer.Replied) || tokens == 0 || seconds == 0) {
            return Finding.note("speed", "not known: it did not count to sixty", "look whether it answers at all");
        }
        return Finding.ok(
                "speed",
                Numbers.text(tokens / seconds, 2) + " tokens a second (" + tokens + " in " + Numbers.text(seconds, 2)
                        + " s, the prompt's reading included)");
    }

    private Optional<Finding> loaded(String spec) {
        if (!spec.startsWith(OLLAMA)) {
            return Optional.empty();
        }
        return new OllamaProbe(console.environment(), options.url(), Duration.ofSeconds(5))
                .loaded(spec.substring(OLLAMA.length()).strip())
                .map(ModelFindings::loaded);
    }

    private static Finding loaded(OllamaProbe.Loaded loaded) {
        String window = loaded.context().isPresent()
                ? "a window of " + Texts.count(loaded.context().getAsInt()) + " tokens"
                : "a window that it does not tell";
        String detail = "it runs with " + window
                + loaded.onGpu().stream()
                        .mapToObj(share -> String.format(Locale.ROOT, ", %.0f %% of it on a GPU", 100 * share))
                        .collect(Collectors.joining());
        return loaded.onGpu().orElse(1) < 1
                ? Finding.note(
                        "loaded", detail, "what is not on a GPU is slow; and it shares the memory with the trials")
                : Finding.ok("loaded", detail);
    }

    private Finding price(String spec, Prices prices) {
        Optional<Price> price = prices.of(spec);
        if (price.isEmpty()) {
            String file = PriceFile.personal(console.environment())
                    .map(Path::toString)
                    .orElse("a file that llm.prices names");
            return Finding.note(
                    "price",
                    "what " + spec + " costs is not known, so --llm-usd cannot bound it",
                    "write its price into " + file + ", or bound it with --llm-tokens or --llm-calls");
        }
        Price known = price.get();
        if (known.input().signum() == 0 && known.output().signum() == 0) {
            return Finding.ok("price", "free");
        }
        return Finding.ok(
                "price",
                "$" + known.input().toPlainString() + " in, $" + known.output().toPlainString()
                        + " out, for a million tokens" + (known.date().isEmpty() ? "" : ", as of " + known.date()));
    }
}
