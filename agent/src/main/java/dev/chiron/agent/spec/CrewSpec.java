package dev.chiron.agent.spec;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How many trials run at once, and on what.
 *
 * @param asked the number of workers that was asked for; empty for one, or one for each GPU
 * @param gpus the workers' GPUs, as CUDA_VISIBLE_DEVICES names them, in the workers' order; empty where they have none of their own
 * @param deterministic whether what is proposed follows from the seed alone, and not from which trial ends first
 */
public record CrewSpec(OptionalInt asked, List<String> gpus, boolean deterministic) {

    /** One worker. */
    public static final CrewSpec ALONE = new CrewSpec(OptionalInt.empty(), List.of(), false);

    /** What shows a program some GPUs of all. */
    public static final String VARIABLE = "CUDA_VISIBLE_DEVICES";

    public CrewSpec {
        gpus = List.copyOf(gpus);
    }

    /** How many workers there are: 1 or more. */
    public int workers() {
        return asked.orElse(Math.max(1, gpus.size()));
    }

    /**
     * The first of the GPUs that is not to be used, since the person's own variable shows others only, or none.
     *
     * @param environment this process's variables
     */
    public Optional<String> hidden(Map<String, String> environment) {
        return Optional.ofNullable(environment.get(VARIABLE))
                .map(shown -> Arrays.asList(shown.strip().split("\\s*,\\s*")))
                .flatMap(visible ->
                        gpus.stream().filter(gpu -> !visible.contains(gpu)).findFirst());
    }
}
