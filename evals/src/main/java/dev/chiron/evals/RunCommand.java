package dev.chiron.evals;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.cli.Console;
import dev.chiron.evals.compare.Before;
import dev.chiron.evals.compare.Contender;
import dev.chiron.evals.compare.Plan;
import dev.chiron.evals.compare.RunLines;
import dev.chiron.evals.compare.Trials;
import dev.chiron.evals.compare.Widening;
import dev.chiron.evals.task.EvalTask;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code chiron evals run}: methods on tasks, a JSON line a run. */
@Command(
        name = "run",
        description = "Runs methods on tasks, in memory; prints a JSON line for each task, method and seed.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    /** What is said of teams, but for the models that a suite's lines leave open. */
    private static final Set<String> OF_TEAMS = Set.of(
            "--optimizer",
            "--llm-share",
            "--llm-warmup",
            "--llm-timeout",
            "--llm-style",
            "--local",
            "--infeasible",
            "--fault",
            "--without",
            "--llambo",
            "--no-controls");

    private final Console console;

    @Mixin
    private DataOptions data = new DataOptions();

    @Mixin
    private RunOptions options = new RunOptions();

    @Option(
            names = {"--task", "--tasks"},
            split = ",",
            paramLabel = "TASK",
            description = "tasks or suites; see: chiron evals list")
    private List<String> tasks = List.of();

    @Option(
            names = {"--method", "--methods"},
            split = ",",
            paramLabel = "METHOD",
            description =
                    "see: chiron methods; centaur, llambo, llm, llm-tpe, optoprime and agent-hpo with a model bring their controls along; hyperband, bohb and asha (asha:tpe with tpe) count whole trainings")
    private List<String> methods = List.of();

    @Option(
            names = "--suite",
            paramLabel = "SUITE",
            description = "methods that are compared together: paper, the first Centaur study's on autoresearch")
    private String suite = "";

    @Option(
            names = "--from",
            paramLabel = "N",
            description = "begins each run with N earlier random trials, as chiron run --from does (default: none)")
    private int from;

    @Option(
            names = "--from-shift",
            paramLabel = "SHARE",
            description =
                    "moves the landscape of the earlier trials by this share of each range, and scales their values")
    private double shift;

    @Option(
            names = "--narrow",
            split = ",",
            paramLabel = "NAME=VALUE|LOW..HIGH",
            description = "begins each run in a space in which these are not tuned, or in another range")
    private List<String> narrow = List.of();

    @Option(
            names = "--widen-at",
            paramLabel = "N",
            description = "edits that space to the task's own before trial N, as a person would in chiron session")
    private int widenAt;

    @Mixin
    private TeamOptions teams = new TeamOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    RunCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (methods.isEmpty() == suite.isEmpty()) {
            throw new BadInput("say what is compared: either --method METHOD,… or --suite paper");
        }
        List<Contender> known = contenders();
        List<EvalTask> chosen = data.tasks(console).findAll(tasks());
        Optional<Path> out = options.out(console);
        RunSink sink = new RunSink(console, out, System::nanoTime);
        Plan plan = Plan.of(chosen, edited(before(known)), options.seeds(), options.trials())
                .without(sink.runs());
        sink.expect(plan.size());
        plan.run(new Trials(System::nanoTime), options.jobs(), run -> {
            sink.accept(run);
            if (out.isEmpty()) {
                console.out().println(new RunLines().write(run));
            }
        });
        return 0;
    }

    private List<Contender> edited(List<Contender> known) {
        if (narrow.isEmpty() && widenAt == 0) {
            return known;
        }
        Widening widening = new Widening(narrow, widenAt);
        return known.stream().map(contender -> contender.with(widening)).toList();
    }

    private List<Contender> before(List<Contender> known) {
        if (from == 0 && shift == 0) {
            return known;
        }
        try {
            Before before = new Before(from, shift);
            return known.stream().map(contender -> contender.with(before)).toList();
        } catch (IllegalArgumentException e) {
            throw new BadInput("--from " + from + " --from-shift " + shift + ": " + e.getMessage(), e);
        }
    }

    private List<String> tasks() {
        if (tasks.isEmpty() && suite.isEmpty()) {
            throw new BadInput("say on what: --task TASK,…; see: chiron evals list");
        }
        return tasks.isEmpty() ? List.of("autoresearch") : tasks;
    }

    private List<Contender> contenders() {
        if (!suite.isEmpty()) {
            refuseTeams();
            return MethodSuite.named(suite).contenders(console, teams.models());
        }
        teams.checkParts(methods, console);
        List<Contender> contenders = new ArrayList<>();
        for (String method : methods) {
            contenders.addAll(teams.of(method, console));
        }
        return contenders;
    }

    /** A suite's lines say themselves how its teams play. */
    private void refuseTeams() {
        List<OptionSpec> given = spec.commandLine().getParseResult().matchedOptions();
        List<String> teams = given.stream()
                .filter(option -> OF_TEAMS.contains(option.longestName()))
                .map(OptionSpec::longestName)
                .toList();
        if (!teams.isEmpty()) {
            throw new BadInput("--suite " + suite + ": its lines say how its teams play; leave out "
                    + String.join(", ", teams) + ", or name methods with --method");
        }
    }
}
