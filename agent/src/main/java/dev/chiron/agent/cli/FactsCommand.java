package dev.chiron.agent.cli;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.spec.Setting;
import dev.chiron.agent.start.TaskFile;
import dev.chiron.agent.view.StudyView;
import dev.chiron.agent.view.Table;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.prompts.Tokens;
import dev.chiron.prompts.describe.Task;
import dev.chiron.prompts.facts.Card;
import dev.chiron.prompts.facts.Facts;
import dev.chiron.prompts.facts.Known;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code chiron facts}: what papers say, and what a model is told of it. */
@Command(
        name = "facts",
        description = {
            "What papers say of training, and what of it a model is told for a task or a study, with its numbers, and why.",
            "Without a task: all cards with their sources."
        },
        mixinStandardHelpOptions = true)
final class FactsCommand implements Callable<Integer> {

    private static final String USUAL = "chiron.yaml";

    private final Console console;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "TASK",
            description = "the task file (default: chiron.yaml, if there is one)")
    private String task = USUAL;

    @Option(
            names = "--study",
            paramLabel = "FOLDER",
            description = "a study's folder: as it was started, with the numbers of its best config")
    private @Nullable String study;

    @Option(names = "--facts", paramLabel = "CARDS", description = "as for run: auto or none")
    private @Nullable String facts;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "as for run")
    private List<String> set = new ArrayList<>();

    FactsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<Setting> flags = new ArrayList<>(set.stream().map(Setting::set).toList());
        if (facts != null) {
            flags.add(new Setting("facts.cards", facts, "--facts"));
        }
        if (study != null) {
            if (!flags.isEmpty()) {
                throw new BadInput(
                        flags.get(0).origin() + " is for a task; a study is told what it was started with (--study)");
            }
            StudyView view = StudyView.read(console.path(study), study);
            Task described = view.spec().described();
            Optional<Config> incumbent = view.history().incumbent().map(Trial::config);
            show(study, described, incumbent);
            return 0;
        }
        Path file = console.path(task);
        if (task.equals(USUAL) && !Files.exists(file) && flags.isEmpty()) {
            list();
            return 0;
        }
        show(task, new TaskFile(console.surroundings()).read(file, flags).described(), Optional.empty());
        return 0;
    }

    private void list() {
        Table table = new Table();
        Facts.library().forEach(card -> table.row(card.id(), card.title(), card.source()));
        table.lines("").forEach(console.out()::println);
    }

    private void show(String whose, Task described, Optional<Config> incumbent) {
        Known known = described.known(incumbent.orElse(described.baseline()));
        String at = incumbent.isPresent() ? "incumbent" : "baseline";
        String section = described.facts().section(known, at);
        if (section.isEmpty()) {
            console.out().println("A model is told nothing of what papers say for " + whose + ".");
        } else {
            console.out()
                    .println("What a model is told for " + whose + ", " + Tokens.of(section) + " of at most "
                            + Facts.MOST + " tokens:");
            section.lines().forEach(console.out()::println);
        }
        List<Facts.Finding> findings = described.facts().findings(known, at);
        table(
                "Told, by the parameters:",
                findings.stream().filter(Facts.Finding::told).toList());
        table("Not told:", findings.stream().filter(finding -> !finding.told()).toList());
    }

    private void table(String title, List<Facts.Finding> findings) {
        if (findings.isEmpty()) {
            return;
        }
        Table table = new Table();
        for (Facts.Finding finding : findings) {
            Card card = finding.card();
            table.row(card.id(), card.title(), finding.why());
        }
        console.out().println();
        console.out().println(title);
        table.lines("  ").forEach(console.out()::println);
    }
}
