package dev.chiron.agent.cli;

import dev.chiron.agent.llm.Usage;
import dev.chiron.agent.store.Asked;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.ModelTurn;
import dev.chiron.agent.view.Searched;
import dev.chiron.agent.view.StudyCard;
import dev.chiron.agent.view.StudyView;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A study with every kind of parameter and outcome, and with values that Optuna would refuse. */
record OptunaStudy(Path folder) {

    private static final SearchSpace SPACE = SearchSpace.of(
            new Parameter.Real("lr", 1e-5, 0.1, true),
            new Parameter.Real("momentum", 0.0, 1.0, false),
            new Parameter.Whole("depth", 1, 10, false, 3, false),
            new Parameter.Whole("width", 16, 512, true, 16, false),
            new Parameter.Whole("batch", 8, 128, false, 1, true),
            new Parameter.Choice(
                    "mode",
                    List.of(new Value.Text("é \"q\""), new Value.Whole(4), new Value.Real(0.5), new Value.Flag(true)),
                    false));

    private static final ModelTurn TURN = new ModelTurn(
            "gone\naway",
            List.of(),
            List.of("lr missing"),
            new Usage(1, 10, 5),
            new Asked("0001", "m", "centaur", "ab"));

    static Config config(Value lr, long depth, long batch, Value mode) {
        Map<String, Value> values = new LinkedHashMap<>();
        values.put("lr", lr);
        values.put("momentum", new Value.Whole(1));
        values.put("depth", new Value.Whole(depth));
        values.put("width", new Value.Whole(32));
        values.put("batch", new Value.Whole(batch));
        values.put("mode", mode);
        return Config.of(values);
    }

    StudyView view(Objective.Goal goal) throws IOException {
        file(0, "change.diff", "-lr = 1\n+lr = 0.01\n");
        file(0, "curve.csv", "step,value\n10,0.9\n20,NaN\n30,0.7\n");
        file(1, "curve.csv", "step,value\n0.5,3\n0.5,2.5\n1");
        Config good = config(new Value.Real(0.01), 4, 32, new Value.Text("é \"q\""));
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("acc", 0.75);
        List<Entry> entries = List.of(
                entry(0, good, Origin.BASELINE, new Outcome.Measured(0.7, metrics, List.of())),
                entry(1, good, Origin.CMA_ES, new Outcome.Pruned(2.5, List.of())),
                entry(2, good, Origin.LLM, new Outcome.Failed(Outcome.Reason.OUT_OF_MEMORY, "CUDA\nout \ud800")),
                entry(
                        3,
                        config(new Value.Real(0.02), 7, 128, new Value.Real(4.0)),
                        Origin.LLM_REPAIRED,
                        new Outcome.Measured(0.5)),
                entry(
                        4,
                        config(new Value.Real(-1.0), 5, 24, new Value.Text("none"))
                                .with("gone", new Value.Flag(false)),
                        Origin.RANDOM,
                        new Outcome.Measured(0.6)));
        History history = new History(new Objective("loss", goal));
        entries.forEach(entry -> history.add(entry.trial()));
        StudyCard card =
                new StudyCard("s", new Objective("loss", goal), "centaur", "cma-es", "builtin", 1, OptionalInt.empty());
        return new StudyView(
                folder,
                card,
                SPACE,
                new Searched(SPACE, history),
                entries,
                Map.of(),
                List.of(),
                ends(entries.size()),
                history);
    }

    List<String> lines(Objective.Goal goal) throws IOException {
        return new OptunaJournal(view(goal), ZoneOffset.ofHours(2)).lines();
    }

    private static Entry entry(int number, Config config, Origin origin, Outcome outcome) {
        Trial trial = new Trial(number, new Change.Settings(config), origin, outcome, Duration.ofMillis(1500));
        return new Entry(trial, origin == Origin.LLM_REPAIRED ? Optional.of(TURN) : Optional.empty());
    }

    private static List<Instant> ends(int trials) {
        List<Instant> ends = new ArrayList<>();
        for (int i = 0; i < trials; i++) {
            ends.add(Instant.parse("2026-11-21T05:00:00.123Z").plusSeconds(60L * i));
        }
        return ends;
    }

    private void file(int trial, String name, String text) throws IOException {
        Path place = folder.resolve("trials").resolve("000" + trial);
        Files.createDirectories(place);
        Files.writeString(place.resolve(name), text);
    }
}
