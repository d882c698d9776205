package dev.chiron.agent.spec;

import dev.chiron.optimizers.study.Budget;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.sandbox.run.Limits;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** What the settings mean. */
record SettingsReader(Settings settings) {

    private static final Pattern PASSWORD = Pattern.compile("://[^/\\s]*@");
    private static final Pattern KEY =
            Pattern.compile("\\b(?:sk-|AIza|gsk_|hf_|xai-|gh[opsu]_|github_pat_|AKIA)[A-Za-z0-9_-]{16,}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final double HOTTEST = 2;

    Objective.Goal goal() {
        List<Objective.Goal> goals = List.of(Objective.Goal.values());
        List<String> labels = goals.stream().map(Objective.Goal::label).toList();
        return goals.get(labels.indexOf(settings.get(Key.METRIC_GOAL).oneOf(labels)));
    }

    Limits limits() {
        return new Limits(
                settings.get(Key.LIMITS_TIME).duration(),
                size(Key.LIMITS_MEMORY),
                limit(Key.LIMITS_PROCESSES)
                        .map(text -> OptionalInt.of(text.count(1)))
                        .orElse(OptionalInt.empty()),
                settings.get(Key.LIMITS_OUTPUT).size(),
                size(Key.LIMITS_DISK));
    }

    Budget budget() {
        return new Budget(
                count(Key.BUDGET_TRIALS),
                trainings(),
                settings.get(Key.BUDGET_TRAIN_TIME).unlessNone(Scalar::duration),
                number(Key.BUDGET_LLM_USD, Double.POSITIVE_INFINITY),
                settings.get(Key.BUDGET_LLM_TOKENS)
                        .unlessNone(Scalar::bound)
                        .map(OptionalLong::of)
                        .orElse(OptionalLong.empty()),
                settings.get(Key.BUDGET_LLM_CALLS)
                        .unlessNone(text -> text.count(0))
                        .map(OptionalInt::of)
                        .orElse(OptionalInt.empty()));
    }

    private OptionalDouble trainings() {
        Optional<Double> given = settings.get(Key.BUDGET_TRAININGS).unlessNone(trainings -> {
            if (trainings.number(0, Double.POSITIVE_INFINITY) == 0) {
                throw trainings.bad("is how many whole trainings the study may take: above 0");
            }
            return trainings.number();
        });
        return given.map(OptionalDouble::of).orElse(OptionalDouble.empty());
    }

    EditsSpec edits() {
        Scalar level = settings.get(Key.EDITS_LEVEL);
        if (level.number() <= 0 || level.number() >= 1) {
            throw level.bad("is how often an edit that is no better may be kept: above 0 and below 1, such as 0.05");
        }
        return new EditsSpec(
                level.number(),
                settings.get(Key.EDITS_REPEATS).count(1),
                settings.get(Key.EDITS_ABLATION).count(0),
                settings.get(Key.EDITS_LINES).count(1));
    }

    LlmSpec llm() {
        List<String> models = ModelList.checked(withoutPassword(settings.get(Key.LLM_MODEL)));
        if (ModelList.hasSeveralServers(models)) {
            refuseForAll(Key.LLM_URL);
            refuseForAll(Key.LLM_KEY_ENV);
        }
        return new LlmSpec(
                models,
                share(settings.get(Key.LLM_SHARE)),
                settings.get(Key.LLM_WARMUP).count(0),
                settings.get(Key.LLM_URL).unlessNone(SettingsReader::url),
                number(Key.LLM_TEMPERATURE, HOTTEST),
                settings.get(Key.LLM_TIMEOUT).duration(),
                settings.get(Key.LLM_THINK).oneOf(Arrays.asList("false", "true", "low", "medium", "high")),
                settings.get(Key.LLM_REQUIRED).flag(),
                settings.get(Key.LLM_PRICES).unlessNone(Scalar::words),
                new LlmSpec.Access(
                        count(Key.LLM_MAX_TOKENS),
                        count(Key.LLM_CONTEXT),
                        settings.get(Key.LLM_KEY_ENV).unlessNone(SettingsReader::variable),
                        settings.get(Key.LLM_ENV)
                                .unlessNone(SettingsReader::variables)
                                .orElse(List.of())),
                new LlmSpec.Asking(
                        prompts(settings.get(Key.LLM_PROMPT), models),
                        settings.get(Key.LLM_WARM_START).count(0, LlmSpec.Asking.MOST_WARM),
                        settings.get(Key.LLM_TRIAL_USD).number(0, Double.POSITIVE_INFINITY),
                        settings.get(Key.LLM_STYLE).oneOf(LlmSpec.Asking.STYLES),
                        settings.get(Key.LLM_MEMORY).count(0, LlmSpec.Asking.MOST_MEMORY),
                        llambo()),
                settings.modelOrigin());
    }

    private LlamboSpec llambo() {
        return new LlamboSpec(
                settings.get(Key.LLAMBO_MODE).oneOf(LlamboSpec.MODES),
                settings.get(Key.LLAMBO_SURROGATE).oneOf(LlamboSpec.SURROGATES),
                settings.get(Key.LLAMBO_ALPHA).number(-1, 1),
                settings.get(Key.LLAMBO_CANDIDATES).count(1, LlamboSpec.MOST),
                settings.get(Key.LLAMBO_CONTEXT).oneOf(LlamboSpec.CONTEXTS));
    }

    private static List<String> prompts(Scalar text, List<String> models) {
        List<String> prompts = Arrays.stream(text.words().split("\\s*,\\s*"))
                .map(word -> new Scalar(text.place(), word, text.quoted())
                        .oneOf(Arrays.asList(LlmSpec.AUTO, "full", "small")))
                .toList();
        boolean fits = prompts.size() == 1 || prompts.size() == models.size();
        // a study may go on with fewer models than it began with
        if (!fits && !ModelList.standsAlone(models) && !text.place().source().contains("study.yaml")) {
            throw text.bad(prompts.size() + " prompts for " + models.size()
                    + (models.size() == 1 ? " model" : " models") + "; give one for all, or one for each");
        }
        return prompts;
    }

    /** No model's key goes to another model's server. */
    private void refuseForAll(Key key) {
        Scalar text = settings.get(key);
        if (!text.isNone()) {
            throw text.bad("would hold for models of different servers; use their own environment variables "
                    + "(docs/models.md), or openai-compatible:NAME@URL");
        }
    }

    private static List<String> variables(Scalar names) {
        return Arrays.stream(names.words().split("[,\\s]+"))
                .map(name -> variable(names, name))
                .toList();
    }

    private static String variable(Scalar name) {
        return variable(name, name.words());
    }

    /** Who writes the key itself is told so before it is written down anywhere. */
    private static String variable(Scalar where, String name) {
        if (!VARIABLE.matcher(name).matches() || KEY.matcher(name).find()) {
            throw where.bad("give the name of an environment variable here, such as LAB_API_KEY, never the key itself");
        }
        return name;
    }

    private static OptionalDouble share(Scalar text) {
        if (text.words().equals(LlmSpec.ADAPTIVE)) {
            return OptionalDouble.empty();
        }
        if (Quantity.number(text.words()).isEmpty()) {
            throw text.bad(text.shown() + " is neither a share from 0 to 1 nor " + LlmSpec.ADAPTIVE);
        }
        return OptionalDouble.of(text.number(0, 1));
    }

    private static String url(Scalar text) {
        try {
            URI uri = new URI(withoutPassword(text).words());
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null) {
                return text.words();
            }
        } catch (URISyntaxException ignored) {
            // the same message as for an address without a host
        }
        throw text.bad(text.shown() + " is no address, such as http://localhost:11434");
    }

    /** Nothing that will be written down may hold a secret. */
    static Scalar withoutPassword(Scalar text) {
        if (PASSWORD.matcher(text.text()).find()) {
            throw text.bad("the address holds a password; give keys by environment variables");
        }
        if (KEY.matcher(text.text()).find()) {
            throw text.bad("this holds what looks like a key; put it into an environment variable and name that under "
                    + "llm.key_env, or under llm.env for a command:");
        }
        return text;
    }

    private OptionalInt count(Key key) {
        Optional<Integer> count = settings.get(key).unlessNone(text -> text.count(1));
        return count.map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    private OptionalLong size(Key key) {
        return limit(key).map(text -> OptionalLong.of(text.size())).orElse(OptionalLong.empty());
    }

    /** Empty where what the machine can bear is the limit; {@code none} is what that was called once. */
    private Optional<Scalar> limit(Key key) {
        Scalar text = settings.get(key);
        return text.isNone() || text.text().equals(Key.AUTO) ? Optional.empty() : Optional.of(text);
    }

    private OptionalDouble number(Key key, double high) {
        Optional<Double> number = settings.get(key).unlessNone(text -> text.number(0, high));
        return number.map(OptionalDouble::of).orElse(OptionalDouble.empty());
    }
}
