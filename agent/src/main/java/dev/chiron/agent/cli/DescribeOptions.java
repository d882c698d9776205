package dev.chiron.agent.cli;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.describe.CardFiles;
import dev.chiron.agent.llm.KeyMask;
import dev.chiron.optimizers.study.PlainText;
import dev.chiron.prompts.describe.CardText;
import dev.chiron.prompts.describe.Request;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a person says in plain words of the task that they want, and how it is to be approved. */
final class DescribeOptions {

    @Option(
            names = "--describe",
            paramLabel = "WORDS",
            description =
                    "what you want, in plain words: what is trained, what counts, on what machine, how long a run "
                            + "may take. The task is composed from them, from the cards and, with --llm, by a model; it is "
                            + "checked, shown, and written if you accept it")
    private @Nullable String describe;

    @Option(
            names = "--data-card",
            paramLabel = "FILE",
            description = "with --describe: what the data are, as Markdown, text, YAML or JSON")
    private @Nullable String dataCard;

    @Option(names = "--model-card", paramLabel = "FILE", description = "the same of the model")
    private @Nullable String modelCard;

    @Option(
            names = "--no-prediction",
            description = "with --describe: do not ask the model for the training log that it expects")
    private boolean noPrediction;

    @Option(names = "--yes", description = "with --describe: do not ask; the file then says that nobody looked it over")
    private boolean yes;

    /** Whether nothing is said. */
    boolean isEmpty() {
        return describe == null;
    }

    /** Whether to write without asking. */
    boolean yes() {
        return yes;
    }

    /** Whether a model is asked for the log that it expects. */
    boolean prediction() {
        return !noPrediction;
    }

    /**
     * What the person wants; empty where they have said nothing of it.
     *
     * @throws BadInput if a card cannot be read, nothing is said, or nobody can be asked for approval
     */
    Optional<Request> request(Console console, Path script) {
        if (describe == null) {
            String needless = dataCard != null
                    ? "--data-card"
                    : modelCard != null ? "--model-card" : yes ? "--yes" : noPrediction ? "--no-prediction" : "";
            if (!needless.isEmpty()) {
                throw new BadInput(needless + " is for --describe WORDS, which says what you want");
            }
            return Optional.empty();
        }
        if (PlainText.line(describe).isEmpty()) {
            throw new BadInput("--describe says nothing: give a sentence or two, such as --describe \"Train the "
                    + "character model on Shakespeare; validation loss counts, at most 5 minutes a trial\"");
        }
        if (describe.codePointCount(0, describe.length()) > Request.LONGEST) {
            throw new BadInput("--describe has more than " + Request.LONGEST
                    + " characters: say it in fewer, and give the rest as --data-card or --model-card");
        }
        if (!yes && !console.terminal()) {
            throw new BadInput("nobody can be asked here whether the task is right: run this in a terminal, or give "
                    + "--yes to have it written, marked as not reviewed");
        }
        KeyMask mask = KeyMask.of(console.environment());
        CardFiles cards = new CardFiles(mask);
        Optional<CardText> data =
                Optional.ofNullable(dataCard).map(file -> cards.named(console.path(file), "--data-card " + file));
        Optional<CardText> model =
                Optional.ofNullable(modelCard).map(file -> cards.named(console.path(file), "--model-card " + file));
        Optional<CardText> readme = data.isPresent() && model.isPresent()
                ? Optional.empty()
                : cards.readme(script.toAbsolutePath().resolveSibling(""));
        return Optional.of(Request.of(mask.mask(describe), data, model, readme));
    }
}
