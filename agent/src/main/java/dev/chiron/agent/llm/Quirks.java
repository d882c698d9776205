package dev.chiron.agent.llm;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a family of models wants otherwise than others, so that the first request is right; what is not known here is
 * found out by the server's refusal ({@link Feature}). This table is the only place that knows models by their names.
 * Thinking tokens count as reply tokens with every provider, so a model that may think gets a larger limit.
 *
 * @param server the kind of spec it holds for, such as {@code openai}
 * @param models which models; the first row that matches holds
 * @param temperature when a temperature may be sent
 * @param limit the field with the longest reply
 * @param dial how the model is told how much to think
 * @param least what the dial is set to for no thinking, or as little as the model can; empty to say nothing
 * @param reply longest reply in tokens, thinking off
 * @param thought longest reply in tokens with thinking in it
 * @param source where that is from
 */
record Quirks(
        String server,
        Pattern models,
        Temperature temperature,
        Limit limit,
        Dial dial,
        String least,
        int reply,
        int thought,
        String source) {

    private static final int MOST_ANY_MODEL_TAKES = 4_096;

    /** When a temperature may be sent. */
    enum Temperature {
        ALWAYS,
        /** not beside thinking */
        UNTHINKING,
        NEVER
    }

    /** The field with the longest reply; providers with only one have the first. */
    enum Limit {
        MAX_TOKENS,
        MAX_COMPLETION_TOKENS
    }

    /** How a model is told how much to think. */
    enum Dial {
        NONE,
        /** Ollama's {@code think}, true or false */
        FLAG,
        /** OpenAI's {@code reasoning_effort} */
        EFFORT,
        /** a number of tokens: Gemini's {@code thinkingBudget}, Anthropic's {@code budget_tokens} */
        BUDGET,
        /** Gemini's {@code thinkingLevel} */
        LEVEL,
        /** Anthropic's {@code thinking.type} */
        ADAPTIVE
    }

    private static final String OPENAI_REASONING =
            "https://platform.openai.com/docs/guides/reasoning; refusals quoted in https://github.com/vercel/ai/issues/10932";
    private static final String OPENAI_LATEST =
            "https://platform.openai.com/docs/guides/latest-model: effort none from "
                    + "gpt-5.1 on, temperature only with it; minimal in gpt-5";
    private static final String CLAUDE_MODELS = "https://platform.claude.com/docs/en/about-claude/models/overview";
    private static final String CLAUDE_BUDGET =
            "https://platform.claude.com/docs/en/build-with-claude/extended-thinking: "
                    + "off unless asked for; no temperature beside it; budget_tokens from 1024 to below max_tokens";
    private static final String CLAUDE_4_7 = "https://openrouter.ai/docs/guides/evaluate-and-optimize/model-migrations/"
            + "claude-4-7: no sampling parameters, adaptive thinking only, off unless asked for";
    private static final String CLAUDE_5 =
            "https://platform.claude.com/docs/en/models/opus-5/migration-guide: thinking is on by default and can be disabled";
    private static final String CLAUDE_ALWAYS =
            "https://platform.claude.com/docs/en/models/opus-5-5/whats-new-opus-5-5: "
                    + "always thinks, 400 on disabled and on a forced tool; the same for Fable and Mythos";
    private static final String GEMINI_THINKING =
            "https://ai.google.dev/gemini-api/docs/thinking: budget -1 is dynamic, "
                    + "0 is off for Flash, Pro cannot go below 128";
    private static final String GEMINI_LEVELS =
            "https://ai.google.dev/gemini-api/docs/thinking: levels instead of budgets, "
                    + "both together are a 400; Flash has minimal, Pro does not";
    private static final String OLLAMA_THINK =
            "https://docs.ollama.com/capabilities/thinking: think is sent always, left out it is the model's default";

    private static final List<Quirks> TABLE = List.of(
            row("openai", "o\\d.*", Temperature.NEVER, Dial.EFFORT, "low", 16_384, 16_384, OPENAI_REASONING),
            row("openai", "gpt-5(\\.\\d)?-chat.*", Temperature.ALWAYS, Dial.NONE, "", 4_096, 4_096, OPENAI_LATEST),
            row("openai", "gpt-5(\\.\\d+)?-pro.*", Temperature.NEVER, Dial.NONE, "", 16_384, 16_384, OPENAI_LATEST),
            row(
                    "openai",
                    "gpt-5(-(mini|nano|\\d).*)?",
                    Temperature.NEVER,
                    Dial.EFFORT,
                    "minimal",
                    16_384,
                    16_384,
                    OPENAI_LATEST),
            row(
                    "openai",
                    "gpt-(5\\.|[6-9]).*",
                    Temperature.UNTHINKING,
                    Dial.EFFORT,
                    "none",
                    4_096,
                    16_384,
                    OPENAI_LATEST),
            row("openai", ".*", Temperature.ALWAYS, Dial.NONE, "", 16_384, 16_384, OPENAI_REASONING),
            row(
                    "openai-compatible",
                    "(openai/)?(o\\d|gpt-5).*",
                    Temperature.NEVER,
                    Dial.NONE,
                    "",
                    16_384,
                    16_384,
                    OPENAI_REASONING),
            row(
                    "openai-compatible",
                    ".*",
                    Temperature.ALWAYS,
                    Dial.NONE,
                    "",
                    4_096,
                    4_096,
                    "https://docs.vllm.ai/en/stable/serving/openai_compatible_server.html: max_tokens is what all know; "
                            + "reasoning_content or reasoning is read by ReplyBody, <think> by the reply's reader"),
            row(
                    "anthropic",
                    "claude-(2|3(?!-7)|instant).*",
                    Temperature.ALWAYS,
                    Dial.NONE,
                    "",
                    4_096,
                    4_096,
                    CLAUDE_MODELS),
            row(
                    "anthropic",
                    "claude-3-7.*|claude-(opus|sonnet|haiku)-4(-[0-5])?(-\\d{8}|-latest)?",
                    Temperature.UNTHINKING,
                    Dial.BUDGET,
                    "",
                    4_096,
                    16_384,
                    CLAUDE_BUDGET),
            row(
                    "anthropic",
                    "claude-(opus|sonnet|haiku)-4-6.*",
                    Temperature.UNTHINKING,
                    Dial.ADAPTIVE,
                    "",
                    4_096,
                    16_384,
                    CLAUDE_BUDGET),
            row(
                    "anthropic",
                    "claude-(opus|sonnet|haiku)-4.*",
                    Temperature.NEVER,
                    Dial.ADAPTIVE,
                    "",
                    4_096,
                    16_384,
                    CLAUDE_4_7),
            row(
                    "anthropic",
                    "claude-(opus-5|sonnet-5|sonnet-5-5|haiku-5|haiku-5-5)(-\\d{8})?",
                    Temperature.NEVER,
                    Dial.ADAPTIVE,
                    "disabled",
                    4_096,
                    16_384,
                    CLAUDE_5),
            row("anthropic", ".*", Temperature.NEVER, Dial.ADAPTIVE, "", 16_384, 16_384, CLAUDE_ALWAYS),
            row(
                    "gemini",
                    "gemini-(1|2\\.0).*|gemma.*",
                    Temperature.ALWAYS,
                    Dial.NONE,
                    "",
                    4_096,
                    4_096,
                    GEMINI_THINKING),
            row("gemini", "gemini-2\\.5-pro.*", Temperature.ALWAYS, Dial.BUDGET, "128", 8_192, 16_384, GEMINI_THINKING),
            row("gemini", "gemini-2\\.5.*", Temperature.ALWAYS, Dial.BUDGET, "0", 4_096, 16_384, GEMINI_THINKING),
            row(
                    "gemini",
                    "gemini-3.*flash.*",
                    Temperature.ALWAYS,
                    Dial.LEVEL,
                    "minimal",
                    16_384,
                    16_384,
                    GEMINI_LEVELS),
            row("gemini", "gemini-3.*", Temperature.ALWAYS, Dial.LEVEL, "low", 16_384, 16_384, GEMINI_LEVELS),
            row("gemini", ".*", Temperature.ALWAYS, Dial.NONE, "", 16_384, 16_384, GEMINI_LEVELS),
            row(
                    "ollama",
                    "(.*/)?gpt-oss.*",
                    Temperature.ALWAYS,
                    Dial.NONE,
                    "",
                    8_192,
                    8_192,
                    "https://docs.ollama.com/capabilities/thinking: ignores true and false, cannot be switched off"),
            row("ollama", ".*", Temperature.ALWAYS, Dial.FLAG, "false", 2_048, 8_192, OLLAMA_THINK));

    /** The row of a model; each kind of server has one for models it does not name. */
    static Quirks of(String server, String model) {
        return TABLE.stream()
                .filter(row ->
                        row.server.equals(server) && row.models.matcher(model).matches())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no quirks of " + server));
    }

    /** All rows. */
    static List<Quirks> table() {
        return TABLE;
    }

    private static Quirks row(
            String server,
            String models,
            Temperature temperature,
            Dial dial,
            String least,
            int reply,
            int thought,
            String source) {
        // OpenAI's own reasoning models refuse max_tokens; many of those that speak like it know nothing else.
        boolean renamed = server.equals("openai") || models.startsWith("(openai/)");
        Limit limit = renamed ? Limit.MAX_COMPLETION_TOKENS : Limit.MAX_TOKENS;
        return new Quirks(server, Pattern.compile(models), temperature, limit, dial, least, reply, thought, source);
    }

    /** The parts of a request that this model takes, for settings and question. */
    void addTo(Set<Feature> features, LlmOptions options, Question question) {
        features.add(Feature.MAX_TOKENS);
        if (!question.schema().isBlank()) {
            features.add(Feature.SCHEMA);
        }
        if (!dialled(options.think()).isEmpty()) {
            features.add(Feature.THINK);
        }
        boolean free = temperature == Temperature.ALWAYS
                || (temperature == Temperature.UNTHINKING && options.think() == Thinking.OFF);
        if (options.temperature().isPresent() && free) {
            features.add(Feature.TEMPERATURE);
        }
    }

    /** The longest reply in tokens. */
    int replyTokens(LlmOptions options) {
        return options.maxTokens().orElse(options.think() == Thinking.OFF ? reply : thought);
    }

    /** The longest reply when the server refused the usual one but wants some. */
    int leastReplyTokens(LlmOptions options) {
        return Math.min(MOST_ANY_MODEL_TAKES, replyTokens(options));
    }

    /** What the dial is set to; empty when nothing is said about thinking. */
    String dialled(Thinking think) {
        if (think == Thinking.OFF || dial == Dial.NONE) {
            return dial == Dial.NONE ? "" : least;
        }
        return switch (dial) {
            case NONE -> "";
            case FLAG -> "true";
            case EFFORT, LEVEL -> think.isStep() ? think.word() : "";
            case BUDGET -> budget(think);
            case ADAPTIVE -> "adaptive";
        };
    }

    private String budget(Thinking think) {
        int most = thought / 2;
        return switch (think) {
            case LOW -> Integer.toString(most / 4);
            case MEDIUM -> Integer.toString(most / 2);
            case OFF -> least;
            case ON, HIGH -> Integer.toString(most);
        };
    }
}
