package dev.chiron.evals;

import dev.chiron.agent.Control;
import dev.chiron.agent.Event;
import dev.chiron.agent.FixedTurns;
import dev.chiron.agent.Proposer;
import dev.chiron.agent.StudyLoop;
import dev.chiron.agent.llm.Answer;
import dev.chiron.agent.llm.Builtin;
import dev.chiron.agent.llm.Model;
import dev.chiron.agent.llm.Question;
import dev.chiron.agent.llm.RecordedModel;
import dev.chiron.agent.llm.Usage;
import dev.chiron.agent.propose.CentaurProposer;
import dev.chiron.agent.propose.Method;
import dev.chiron.agent.propose.OptimizerProposer;
import dev.chiron.agent.propose.Partner;
import dev.chiron.agent.propose.Tactics;
import dev.chiron.agent.store.Recording;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.RandomSearch;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Prior;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Budget;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.prompts.describe.Task;
import dev.chiron.sandbox.run.Clearing;
import dev.chiron.sandbox.run.Execution;
import dev.chiron.sandbox.run.Runner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What Chiron itself costs, with the script and the model left out. Medians; this machine's noise is in them. */
final class Speed {

    private static final int DIMENSIONS = 14;
    private static final Objective OBJECTIVE = new Objective("loss", Objective.Goal.MINIMIZE);

    private final Path temporary;
    private final Map<String, String> environment;
    private final SearchSpace space;
    private final Config baseline;

    /**
     * @param temporary a folder to make studies in
     * @param environment this JVM's variables
     */
    Speed(Path temporary, Map<String, String> environment) {
        this.temporary = temporary;
        this.environment = environment;
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < DIMENSIONS; i++) {
            parameters.add(new Parameter.Real("P" + i, 0, 1, false));
        }
        this.space = new SearchSpace(parameters, List.of());
        double[] start = new double[DIMENSIONS];
        Arrays.fill(start, 0.7);
        this.baseline = space.decode(start);
    }

    /** One row: what, how much, and how much it may be. */
    record Figure(String what, String measured, String goal) {}

    List<Figure> measure(int trials) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(temporary, "chiron-speed");
        try {
            List<Figure> figures = new ArrayList<>();
            figures.add(new Figure("CMA-ES ask and tell, 14 parameters", millis(askTell()), "0.02 ms"));
            figures.add(
                    new Figure("TPE ask and tell, 14 parameters, 1,000 trials behind it", millis(tpe(1_000)), "1 ms"));
            figures.add(new Figure("the same, 5,000 trials behind it", millis(tpe(5_000)), "5 ms"));
            figures.add(new Figure("a trial of `centaur` with 1,000 behind it", millis(ownCost(folder)), "10 ms"));
            figures.addAll(longStudy(folder, trials));
            figures.addAll(new SandboxSpeed(Files.createDirectories(folder.resolve("sandbox")), environment).measure());
            return figures;
        } finally {
            Clearing.remove(folder);
        }
    }

    static String millis(double nanos) {
        return String.format(Locale.ROOT, "%.4f ms", nanos / 1e6);
    }

    private static String seconds(double nanos) {
        return String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
    }

    /** Nanoseconds an ask and a tell, median of 20 rounds of 1,000 after 20 to warm up. */
    private double askTell() {
        List<Double> rounds = new ArrayList<>();
        for (int round = 0; round < 40; round++) {
            Optimizer optimizer = Method.CMA_ES.start(space, Prior.flat(space, baseline), round);
            long start = System.nanoTime();
            for (int i = 0; i < 1_000; i++) {
                Config config = optimizer.ask();
                optimizer.tell(config, sphere(config));
            }
            rounds.add((System.nanoTime() - start) / 1e3);
        }
        return median(rounds.subList(20, 40));
    }

    /** Nanoseconds an ask and a tell, median of 200 after so many observations. */
    private double tpe(int observations) {
        Optimizer optimizer = Method.TPE.start(space, Prior.flat(space, baseline), 1);
        RandomSearch random = RandomSearch.start(space, 1);
        for (int i = 0; i < observations; i++) {
            Config config = random.ask();
            optimizer.tell(config, sphere(config));
        }
        List<Double> rounds = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            long start = System.nanoTime();
            Config config = optimizer.ask();
            optimizer.tell(config, sphere(config));
            rounds.add((double) (System.nanoTime() - start));
        }
        return median(rounds.subList(200, 400));
    }

    private static double sphere(Config config) {
        double sum = 0;
        for (int i = 0; i < DIMENSIONS; i++) {
            double x = config.get("P" + i).asNumber().orElseThrow() - 0.3;
            sum += x * x;
        }
        return sum;
    }

    /** Nanoseconds from the end of one run to the start of the next, median over trials 1,000 to 1,200. */
    private double ownCost(Path folder) {
        List<Double> gaps = new ArrayList<>();
        long[] ended = {0};
        Runner runner = (change, workspace, holdout) -> {
            gaps.add((double) (System.nanoTime() - ended[0]));
            Execution execution = execution(change.config());
            ended[0] = System.nanoTime();
            return execution;
        };
        try (StudyFolder study = open(folder.resolve("own-cost"))) {
            Task task = new Task("Find the bottom of a bowl.", OBJECTIVE, space, baseline);
            Proposer proposer = new CentaurProposer(
                    Method.CMA_ES.start(space, Prior.flat(space, baseline), 1),
                    Tactics.DEFAULT,
                    new Partner.Speaker(
                            new RecordedModel(new RulesOfThumb(), study.llm()), new FixedTurns(0.3, 10), false),
                    task,
                    Optional.empty(),
                    1);
            loop(study, proposer, 0, runner, 1_200);
        }
        return median(gaps.subList(1_000, 1_200));
    }

    /** The built-in rules, called directly: what they take is part of the figure. */
    private record RulesOfThumb() implements Model {
        @Override
        public String name() {
            return "builtin";
        }

        @Override
        public Answer answer(Question question) {
            return new Answer.Replied(new Builtin().reply(question.prompt()), Usage.NONE);
        }
    }

    private List<Figure> longStudy(Path folder, int trials) {
        Path place = folder.resolve("long");
        Runner runner = (change, workspace, holdout) -> execution(change.config());
        long start = System.nanoTime();
        try (StudyFolder study = open(place)) {
            loop(study, optimizerAlone(Method.CMA_ES.start(space, Prior.flat(space, baseline), 1)), 0, runner, trials);
        }
        double run = System.nanoTime() - start;

        start = System.nanoTime();
        int read = Recording.read(place).orElseThrow().entries().size();
        double reading = System.nanoTime() - start;

        start = System.nanoTime();
        try (StudyFolder study = open(place)) {
            loop(study, optimizerAlone(Method.CMA_ES.start(space, Prior.flat(space, baseline), 1)), 0, runner, trials);
        }
        double replaying = System.nanoTime() - start;
        long heap = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        String count = String.format(Locale.ROOT, "%,d", read);
        return List.of(
                new Figure("a study of " + count + " trials of `cma-es`, a trial", millis(run / trials), "10 ms"),
                new Figure("reading a journal of " + count + " trials", seconds(reading), "1 s"),
                new Figure("replaying " + count + " trials without state.json", seconds(replaying), "1 s"),
                new Figure("heap in use after that, garbage included", heap / (1 << 20) + " MiB", "128 MiB"),
                new Figure(
                        "heap allowed (run with -Xmx128m to prove it)",
                        Runtime.getRuntime().maxMemory() / (1 << 20) + " MiB",
                        "-"));
    }

    private Proposer optimizerAlone(Optimizer optimizer) {
        return new OptimizerProposer(optimizer, Tactics.DEFAULT, space, OBJECTIVE, 1);
    }

    private static StudyFolder open(Path folder) {
        return StudyFolder.open(folder, "task: speed\n", InstantSource.system());
    }

    private void loop(StudyFolder study, Proposer proposer, int told, Runner runner, int trials) {
        Event.Listener nobody = event -> {};
        new StudyLoop(study, OBJECTIVE, proposer, told, runner, nobody, new Control())
                .run(baseline, Budget.ofTrials(trials));
    }

    private static Execution execution(Config config) {
        Outcome outcome = new Outcome.Measured(sphere(config));
        return new Execution(outcome, Duration.ofSeconds(1), "", "", OptionalInt.of(0), "");
    }

    static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }
}
