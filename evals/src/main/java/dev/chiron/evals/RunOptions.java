package dev.chiron.evals;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.cli.Console;
import dev.chiron.agent.propose.Method;
import dev.chiron.evals.compare.Contender;
import dev.chiron.evals.compare.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Which methods, how many seeds, how many trials. */
final class RunOptions {

    @Option(
            names = "--seeds",
            defaultValue = "20",
            paramLabel = "N",
            description = "seeds a method and task (default: ${DEFAULT-VALUE})")
    private int seeds;

    @Option(
            names = "--first-seed",
            defaultValue = "0",
            paramLabel = "K",
            description = "the first of the seeds (default: ${DEFAULT-VALUE})")
    private long firstSeed;

    @Option(
            names = "--trials",
            defaultValue = "200",
            paramLabel = "N",
            description = "trials a seed (default: ${DEFAULT-VALUE})")
    private int trials;

    @Option(names = "--jobs", paramLabel = "N", description = "runs at a time (default: one a processor)")
    private int jobs = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "writes each run there, as a JSON line; the runs that the file has are not made again")
    private String out = "";

    int jobs() {
        if (jobs < 1) {
            throw new BadInput("--jobs must be 1 or more, not " + jobs);
        }
        return jobs;
    }

    /** The file for the runs; empty for none. */
    Optional<Path> out(Console console) {
        return Optional.of(out).filter(text -> !text.isEmpty()).map(console::path);
    }

    Seeds seeds() {
        if (seeds < 1 || firstSeed < 0) {
            throw new BadInput("--seeds must be 1 or more and --first-seed 0 or more");
        }
        return new Seeds(firstSeed, seeds);
    }

    int trials() {
        if (trials < 1) {
            throw new BadInput("--trials must be 1 or more, not " + trials);
        }
        return trials;
    }

    /** The methods of these names; none may need a language model. */
    static List<Contender> alone(List<String> names) {
        List<Contender> contenders = new ArrayList<>();
        for (String name : names) {
            contenders.add(Contender.alone(Method.labelled(name)
                    .filter(method -> !method.isTeam())
                    .orElseThrow(() -> new BadInput("--method " + name + ": none of "
                            + Arrays.stream(Method.values())
                                    .filter(method -> !method.isTeam())
                                    .map(Method::label)
                                    .collect(Collectors.joining(", "))))));
        }
        return contenders;
    }
}
