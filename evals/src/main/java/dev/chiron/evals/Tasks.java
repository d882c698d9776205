package dev.chiron.evals;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.cli.Console;
import dev.chiron.evals.autoresearch.AutoresearchSuite;
import dev.chiron.evals.bayesmark.BayesmarkSuite;
import dev.chiron.evals.bbob.BbobSuite;
import dev.chiron.evals.classic.ClassicSuite;
import dev.chiron.evals.fit.FittedSuite;
import dev.chiron.evals.front.FrontSuite;
import dev.chiron.evals.live.LiveSuite;
import dev.chiron.evals.surrogate.Card;
import dev.chiron.evals.task.EvalTask;
import dev.chiron.evals.task.Suite;
import dev.chiron.evals.task.SyntheticSuite;
import dev.chiron.evals.yahpo.YahpoSuite;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every task that a user can name. A new suite is one more line in {@link #known}. */
record Tasks(List<Suite> suites) {

    Tasks {
        suites = List.copyOf(suites);
    }

    /**
     * Where suites find what is not part of Chiron; none of it need be there before one of its tasks is used.
     *
     * @param yahpo the folder of YAHPO's data
     * @param autoresearch the recorded trials of the first Centaur study
     * @param bayesmark the folder of LLAMBO's data
     * @param python an interpreter that has scikit-learn
     * @param examples the bundled examples
     */
    record Places(Path yahpo, Path autoresearch, Path bayesmark, String python, Path examples) {}

    /**
     * All suites.
     *
     * @param console for those that run programs
     */
    static Tasks known(Places places, Console console) {
        List<Suite> suites = new ArrayList<>();
        suites.add(new SyntheticSuite());
        suites.add(new ClassicSuite());
        suites.add(new BbobSuite());
        suites.add(new FrontSuite());
        suites.addAll(YahpoSuite.in(places.yahpo()));
        suites.add(new AutoresearchSuite(places.autoresearch()));
        suites.add(new BayesmarkSuite(places.bayesmark(), places.python()));
        suites.add(new FittedSuite(console::path));
        suites.add(new LiveSuite(console, places.examples()));
        return new Tasks(suites);
    }

    /**
     * The task of that name.
     *
     * @throws BadInput if there is none, or its data is missing
     */
    EvalTask find(String name) {
        for (Suite suite : suites) {
            Optional<EvalTask> task = suite.find(name);
            if (task.isPresent()) {
                return task.get();
            }
        }
        throw new BadInput("there is no task " + name + "; see: chiron evals list");
    }

    /**
     * How far the task of that name can be believed; empty if it was not fitted to anything.
     *
     * @throws BadInput if there is none, or its data is missing
     */
    Optional<Card> card(String name) {
        find(name);
        return suites.stream().flatMap(suite -> suite.card(name).stream()).findFirst();
    }

    /**
     * The tasks of these names, in order; the name of a suite stands for all that it lists.
     *
     * @throws BadInput if there is no such task or suite, or the data of one is missing
     */
    List<EvalTask> findAll(List<String> names) {
        List<EvalTask> tasks = new ArrayList<>();
        for (String name : names) {
            Optional<Suite> suite =
                    suites.stream().filter(s -> s.name().equals(name)).findFirst();
            suite.map(Suite::tasks).orElse(List.of(name)).forEach(task -> tasks.add(find(task)));
        }
        return tasks;
    }
}
