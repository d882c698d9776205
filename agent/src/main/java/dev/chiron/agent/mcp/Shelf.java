package dev.chiron.agent.mcp;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.llm.KeyMask;
import dev.chiron.agent.store.UnusableStudy;
import dev.chiron.agent.view.StudyView;
import dev.chiron.agent.view.Summary;
import dev.chiron.prompts.PromptTemplate;
import io.modelcontextprotocol.server.McpServerFeatures;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a client can read without calling a tool: a study's summary, the end of its journal, what its models were asked; and the prompt with which a
 * person begins. A study's folder stands in an address with its slashes as {@code %2F}.
 */
record Shelf(Desk desk, KeyMask keys) {

    private static final String STUDIES = "chiron://studies/";
    private static final int TAIL = 50;
    private static final int LONGEST = 200_000;
    private static final int RESOURCE_NOT_FOUND = -32002;

    /** Reads what an address names. */
    private interface Reading {
        String read(Path study) throws IOException;
    }

    List<McpServerFeatures.SyncResourceTemplateSpecification> resources() {
        return List.of(
                resource(
                        "summary",
                        "Where a study stands",
                        "The best against the baseline, who proposed what, what failed.",
                        "text/plain",
                        this::summary),
                resource(
                        "journal",
                        "The end of a study's journal",
                        "The last " + TAIL
                                + " lines of journal.jsonl, one JSON object each: trials, attempts, steering.",
                        "application/jsonl",
                        Shelf::journal),
                resource(
                        "prompts",
                        "What a study's models were asked",
                        "The last prompt that a model of this study was sent, with its reply; empty if it has none.",
                        "text/plain",
                        Shelf::prompts));
    }

    private McpServerFeatures.SyncResourceTemplateSpecification resource(
            String name, String title, String description, String type, Reading reading) {
        McpSchema.ResourceTemplate template = McpSchema.ResourceTemplate.builder(STUDIES + "{study}/" + name, name)
                .title(title)
                .description(description)
                .mimeType(type)
                .build();
        return new McpServerFeatures.SyncResourceTemplateSpecification(template, (exchange, request) -> {
            String text = keys.mask(text(request.uri(), name, reading));
            return McpSchema.ReadResourceResult.builder(
                            List.of(McpSchema.TextResourceContents.builder(request.uri(), text)
                                    .mimeType(type)
                                    .build()))
                    .build();
        });
    }

    private String text(String uri, String name, Reading reading) {
        try {
            if (!uri.startsWith(STUDIES) || !uri.endsWith("/" + name)) {
                throw new BadInput("no such resource: " + uri);
            }
            String study = uri.substring(STUDIES.length(), uri.length() - name.length() - 1);
            Path folder = desk.fence().inside(URLDecoder.decode(study, StandardCharsets.UTF_8));
            if (!Files.isRegularFile(folder.resolve("journal.jsonl"))) {
                throw new BadInput("no study in " + desk.fence().shown(folder));
            }
            return reading.read(folder);
        } catch (BadInput | UnusableStudy | UncheckedIOException | IllegalArgumentException e) {
            throw McpError.builder(RESOURCE_NOT_FOUND)
                    .message(keys.mask(String.valueOf(e.getMessage())))
                    .build();
        } catch (IOException e) {
            throw McpError.builder(RESOURCE_NOT_FOUND)
                    .message(uri + " cannot be read")
                    .build();
        }
    }

    private String summary(Path study) {
        StudyView view = StudyView.read(study, desk.fence().shown(study));
        return String.join("\n", Summary.lines(view.card(), view.entries(), view.unused(), view.history()));
    }

    /** Without what the hold-out said, which is for people. */
    private static String journal(Path study) throws IOException {
        List<String> lines = Files.readAllLines(study.resolve("journal.jsonl"));
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()))
                .replaceAll("\"holdout\":[^,}]*,?", "");
    }

    private static String prompts(Path study) throws IOException {
        Path folder = study.resolve("llm");
        if (!Files.isDirectory(folder)) {
            return "";
        }
        return "Prompt:\n\n" + newest(folder, ".prompt.md") + "\n\nReply:\n\n" + newest(folder, ".reply.md");
    }

    private static String newest(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Optional<Path> last = files.filter(file -> file.toString().endsWith(ending))
                    .max(Comparator.comparingLong(file -> file.toFile().lastModified()));
            String text = last.isPresent() ? Files.readString(last.get()) : "none";
            return text.substring(0, Math.min(text.length(), LONGEST));
        }
    }

    McpServerFeatures.SyncPromptSpecification tuneScript() {
        McpSchema.Prompt prompt = McpSchema.Prompt.builder("tune_script")
                .title("Tune this script")
                .description("Tunes a training script, the optimizer and you in turns, and ends with a report.")
                .arguments(List.of(
                        argument("script", "The training script, for example train.py", true),
                        argument("trials", "How many trials; 30 if left out", false),
                        argument("goal", "What matters beside the metric, in your words", false)))
                .build();
        return new McpServerFeatures.SyncPromptSpecification(prompt, (exchange, request) -> {
            Map<String, Object> given = Optional.ofNullable(request.arguments()).orElse(Map.of());
            String goal = String.valueOf(given.getOrDefault("goal", "")).strip();
            String text = PromptTemplate.of("tune-script", packed("tune-script"))
                    .fill(Map.of(
                            "script",
                            String.valueOf(given.getOrDefault("script", "train.py")),
                            "trials",
                            String.valueOf(given.getOrDefault("trials", "30")),
                            "goal",
                            goal.isEmpty() ? "" : " What matters to me: " + goal))
                    .text();
            return McpSchema.GetPromptResult.builder(List.of(new McpSchema.PromptMessage(
                            McpSchema.Role.USER,
                            McpSchema.TextContent.builder(text).build())))
                    .description("Tune a training script")
                    .build();
        });
    }

    private static McpSchema.PromptArgument argument(String name, String description, boolean required) {
        return McpSchema.PromptArgument.builder(name)
                .description(description)
                .required(required)
                .build();
    }

    /** What a model reads of the server before anything else. */
    static String instructions() {
        return packed("instructions");
    }

    private static String packed(String name) {
        try (InputStream in = Objects.requireNonNull(Shelf.class.getResourceAsStream(name + ".md"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
