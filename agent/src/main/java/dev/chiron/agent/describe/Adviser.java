package dev.chiron.agent.describe;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.describe.Asking.Given;
import dev.chiron.agent.describe.Asking.Reading;
import dev.chiron.agent.llm.LlmOptions;
import dev.chiron.agent.llm.Model;
import dev.chiron.agent.llm.RecordedModel;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.start.Language;
import dev.chiron.agent.start.Surroundings;
import dev.chiron.prompts.describe.DescribePrompt;
import dev.chiron.prompts.describe.PredictedLogPrompt;
import dev.chiron.prompts.describe.RangesPrompt;
import dev.chiron.prompts.describe.Request;
import dev.chiron.prompts.describe.Tunable;
import dev.chiron.prompts.facts.Facts;
import dev.chiron.prompts.reply.Described;
import dev.chiron.prompts.reply.DescriptionReader;
import dev.chiron.prompts.reply.PredictedLog;
import dev.chiron.prompts.reply.PredictedLogReader;
import dev.chiron.prompts.reply.RangesReader;
import dev.chiron.sandbox.source.Ranges;
import dev.chiron.sandbox.source.Source;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A language model that helps to set up a study. What it says is data, checked against the script. */
public record Adviser(Model model) {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /**
     * The adviser of a model named as everywhere; empty for {@code none}.
     *
     * @param record where prompts and replies are kept; nowhere if empty
     * @throws BadInput if the model's name, address or key will not do, or it cannot read scripts
     */
    public static Optional<Adviser> open(Surroundings surroundings, String spec, Optional<Path> record) {
        if (spec.equals("builtin")) {
            throw new BadInput(
                    "--llm builtin: its rules of thumb cannot read a script; the ranges without --llm are theirs. "
                            + "Name a language model, such as ollama:NAME");
        }
        try {
            Optional<Model> model = Language.models(surroundings)
                    .open(spec, LlmOptions.defaults().withTimeout(PATIENCE));
            return model.map(opened -> record.isPresent() ? new RecordedModel(opened, record.get()) : opened)
                    .map(Adviser::new);
        } catch (IllegalArgumentException e) {
            throw new BadInput("--llm: " + e.getMessage(), e);
        }
    }

    /** Its name, as users give it. */
    public String name() {
        return model.name();
    }

    /** The constants and flags of a script with the ranges that rules propose. */
    public static List<Tunable> tunables(Source source) {
        return source.tunable().stream()
                .map(constant ->
                        new Tunable(constant.name(), constant.value(), constant.line(), Ranges.infer(constant)))
                .toList();
    }

    /** Asks for ranges alone. */
    public Given<RangesReader.Ranges> ranges(String script, Source source, Facts facts) throws InterruptedException {
        List<Tunable> constants = tunables(source);
        RangesReader reader = new RangesReader(constants);
        return new Asking(model)
                .ask(RangesPrompt.render(script, source.text(), constants, facts), reader.schema(), "ranges", reply -> {
                    RangesReader.Ranges ranges = reader.read(reply);
                    return new Reading<>(
                            Optional.of(ranges).filter(all -> !all.advice().isEmpty()),
                            String.join("; ", ranges.problems()));
                });
    }

    /** Asks for a whole task. */
    public Given<Described> described(Request request, String script, Source source, Facts facts)
            throws InterruptedException {
        List<Tunable> constants = tunables(source);
        DescriptionReader reader = new DescriptionReader(request, source.text(), constants);
        return new Asking(model)
                .ask(
                        DescribePrompt.render(request, script, source.text(), constants, facts),
                        reader.schema(),
                        "describe",
                        reply -> {
                            Described described = reader.read(reply);
                            return new Reading<>(
                                    Optional.of(described).filter(all -> !all.isEmpty()),
                                    String.join("; ", described.problems()));
                        });
    }

    /**
     * Asks for the training log that it expects of a task's baseline.
     *
     * @param limit how long a run may take, in words
     */
    public Given<PredictedLog> predicted(Spec task, String limit, Source source) throws InterruptedException {
        return new Asking(model)
                .ask(
                        PredictedLogPrompt.render(task.described(), limit, task.script(), source.text()),
                        PredictedLogReader.schema(),
                        "predicted-log",
                        reply -> {
                            PredictedLogReader.Read read = PredictedLogReader.read(reply);
                            return new Reading<>(read.log(), read.problem());
                        });
    }
}
