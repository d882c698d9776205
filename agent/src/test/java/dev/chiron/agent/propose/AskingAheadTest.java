package dev.chiron.agent.propose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.agent.Control;
import dev.chiron.agent.End;
import dev.chiron.agent.FixedTurns;
import dev.chiron.agent.StudyLoop;
import dev.chiron.agent.llm.Answer;
import dev.chiron.agent.llm.Model;
import dev.chiron.agent.llm.Question;
import dev.chiron.agent.llm.Usage;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.optimizers.cma.CmaEs;
import dev.chiron.optimizers.cma.CmaSettings;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Budget;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.prompts.describe.Task;
import dev.chiron.sandbox.run.Execution;
import dev.chiron.sandbox.run.Runner;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that takes nearly as long as a trial: it answers only while one runs, and a trial ends only when it has. */
class AskingAheadTest {

    private static final SearchSpace SPACE =
            SearchSpace.of(new Parameter.Real("x", 0, 1, false), new Parameter.Real("y", 0, 1, false));
    private static final Objective OBJECTIVE = new Objective("loss", Objective.Goal.MINIMIZE);
    private static final FixedTurns TURNS = new FixedTurns(0.5, 4);
    private static final long PATIENCE = 20; // seconds, before a test is given up

    @TempDir
    Path folder;

    private final Semaphore answers = new Semaphore(0);
    private final List<String> prompts = Collections.synchronizedList(new ArrayList<>());
    private boolean running;

    private final class Slow implements Model {
        @Override
        public String name() {
            return "slow";
        }

        @Override
        public Answer answer(Question question) throws InterruptedException {
            awaitTrial(question);
            prompts.add(question.prompt());
            int number = prompts.size();
            answers.release();
            return new Answer.Replied(
                    "{\"candidates\": [{\"config\": {\"x\": 0.3, \"y\": " + number / 100.0
                            + "}, \"value\": 0.5, \"failure\": 0.1}," + "{\"config\": {\"x\": 0.9, \"y\": "
                            + number / 100.0 + "}}]}",
                    Usage.NONE);
        }
    }

    private synchronized void awaitTrial(Question question) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
        while (!running && System.nanoTime() < deadline) {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, deadline - System.nanoTime()));
        }
        assertThat(running).as("a trial runs while %s is asked", question.key()).isTrue();
    }

    private synchronized void running(boolean runs) {
        running = runs;
        notifyAll();
    }

    private Runner runner(int trials) {
        int[] next = {1}; // the trial after the one that runs
        return (change, workspace, holdout) -> {
            running(true);
            boolean asked = next[0] >= trials || !TURNS.isModels(next[0]) || await();
            next[0]++;
            running(false);
            assertThat(asked)
                    .as("the model is asked before trial %s", next[0] - 1)
                    .isTrue();
            Config config = change.config();
            double x = config.get("x").asNumber().orElseThrow() - 0.3;
            double y = config.get("y").asNumber().orElseThrow() - 0.2;
            return new Execution(
                    new Outcome.Measured(x * x + y * y), Duration.ofMinutes(5), "", "", OptionalInt.of(0), "");
        };
    }

    private boolean await() {
        try {
            return answers.tryAcquire(PATIENCE, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private List<Entry> study(int trials) {
        InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-21T05:00:00Z"));
        Config baseline = SPACE.decode(new double[] {0.8, 0.8});
        try (StudyFolder study = StudyFolder.open(folder, "task: t\n", clock)) {
            CentaurProposer proposer = new CentaurProposer(
                    CmaEs.start(SPACE, baseline, CmaSettings.DEFAULT, 3),
                    Tactics.NONE,
                    new Partner.Speaker(new Slow(), TURNS, false),
                    new Task("Find the bottom.", OBJECTIVE, SPACE, baseline),
                    Optional.empty(),
                    7);
            StudyLoop loop = new StudyLoop(study, OBJECTIVE, proposer, 0, runner(trials), event -> {}, new Control());
            assertThat(loop.run(baseline, Budget.ofTrials(trials))).isEqualTo(End.DONE);
        }
        try (StudyFolder study = StudyFolder.open(folder, "task: t\n", clock)) {
            return study.recording().entries();
        }
    }

    @Test
    void theModelIsAskedWhileTheTrialBeforeItsTurnRuns() {
        List<Entry> entries = study(24);

        List<Entry> turns =
                entries.stream().filter(entry -> entry.turn().isPresent()).toList();
        assertThat(turns).hasSize(10).allMatch(entry -> entry.trial().origin() == Origin.LLM);
        assertThat(prompts).hasSize(10).allMatch(prompt -> prompt.contains(",-,running now,"));
    }

    @Test
    void theOptimizersModelChoosesAndTheForecastIsKept() {
        List<Entry> turns =
                study(24).stream().filter(entry -> entry.turn().isPresent()).toList();

        Entry last = turns.get(turns.size() - 1);
        assertThat(last.turn().orElseThrow().pick().orElseThrow().offered()).isEqualTo(2);
        assertThat(last.trial().config().get("x").text())
                .as("what is nearer to the bottom")
                .isEqualTo("0.3");
        assertThat(last.turn().orElseThrow().forecast().value()).hasValue(0.5);
    }

    @Test
    void nothingIsAskedForWhenTheBudgetEndsWithTheTrialThatRuns() {
        assertThat(TURNS.isModels(7)).isTrue();
        study(7); // trials 0 to 6
        assertThat(prompts).hasSize((int)
                java.util.stream.IntStream.range(0, 7).filter(TURNS::isModels).count());
    }
}
