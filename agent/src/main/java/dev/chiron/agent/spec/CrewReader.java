package dev.chiron.agent.spec;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Reads how many trials run at once, and on what. */
final class CrewReader {

    /** A number, or the beginning of a name as nvidia-smi lists it. */
    private static final String GPU = "[0-9]{1,4}|(GPU|MIG)-[0-9A-Za-z/-]+";

    private static final int MOST = 4096;

    private final Settings settings;

    CrewReader(Settings settings) {
        this.settings = settings;
    }

    /** @param env the task's own variables */
    CrewSpec read(Map<String, String> env) {
        Scalar workers = settings.get(Key.WORKERS);
        Scalar gpus = settings.get(Key.GPUS);
        List<String> names = gpus.unlessNone(CrewReader::names).orElse(List.of());
        OptionalInt asked = workers.text().equals(Key.AUTO) || isOverruled(workers, gpus, names)
                ? OptionalInt.empty()
                : OptionalInt.of(workers.count(1, MOST));
        if (!names.isEmpty() && asked.isPresent() && asked.getAsInt() != names.size()) {
            throw gpus.bad("names " + names.size() + (names.size() == 1 ? " GPU" : " GPUs") + " for "
                    + asked.getAsInt() + (asked.getAsInt() == 1 ? " worker" : " workers")
                    + " (" + workers.place().source()
                    + "); each worker has one: name as many, or leave the workers out. "
                    + "A GPU that is named twice is shared by two workers");
        }
        if (!names.isEmpty() && env.containsKey(CrewSpec.VARIABLE)) {
            throw gpus.bad("gives each worker a GPU by " + CrewSpec.VARIABLE
                    + ", and env: sets that for all trials; take one of " + "them out");
        }
        return new CrewSpec(asked, names, settings.get(Key.DETERMINISTIC).flag());
    }

    /** How many workers a study began with does not hold where GPUs are named anew. */
    private static boolean isOverruled(Scalar workers, Scalar gpus, List<String> names) {
        return !names.isEmpty() && isFrozen(workers) && !isFrozen(gpus);
    }

    private static boolean isFrozen(Scalar setting) {
        return setting.place().source().contains("study.yaml");
    }

    private static List<String> names(Scalar gpus) {
        List<String> names = Arrays.asList(gpus.words().split("\\s*,\\s*", -1));
        for (String name : names) {
            if (!name.matches(GPU)) {
                throw gpus.bad("`" + name + "` is no GPU; name them by number, such as 0,1, or as nvidia-smi -L does");
            }
        }
        return names;
    }

    /** One GPU, or a list of them, as it stands in a task file. */
    static Scalar joined(Entry entry) {
        if (entry.isScalar()) {
            return entry.scalar();
        }
        List<String> names = entry.list("[0, 1]").stream()
                .map(Entry::scalar)
                .map(Scalar::words)
                .toList();
        return new Scalar(entry.place(), String.join(",", names), false);
    }
}
