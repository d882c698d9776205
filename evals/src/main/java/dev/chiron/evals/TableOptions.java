package dev.chiron.evals;

import dev.chiron.agent.BadInput;
import java.util.List;
import picocli.CommandLine.Option;

/** After how many trials a table shows the best. */
final class TableOptions {

    @Option(
            names = "--at",
            split = ",",
            paramLabel = "N",
            description = "shows the best after so many trials, ascending (default: half of them, and all)")
    private List<Integer> at = List.of();

    /** @param trials how many there are */
    List<Integer> counts(int trials) {
        if (at.isEmpty()) {
            return trials == 1 ? List.of(1) : List.of(trials / 2, trials);
        }
        if (at.get(0) < 1 || !at.stream().sorted().distinct().toList().equals(at)) {
            throw new BadInput("--at must ascend from 1 or more, not " + at);
        }
        return at;
    }
}
