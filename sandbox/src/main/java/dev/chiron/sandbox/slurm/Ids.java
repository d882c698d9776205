package dev.chiron.sandbox.slurm;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The jobs that Slurm means by a number: {@code 7} is a job, {@code 7_3} a task of an array, and {@code 7_[1,4-8:2%5]} are tasks of it that
 * have one record as long as they wait. What follows {@code %} says how many may run at once.
 */
record Ids(String id) {

    private static final Pattern ARRAY = Pattern.compile("(\\d+)_(?:(\\d+)|\\[([^\\]%]*)(?:%.*)?\\])");
    private static final Pattern RANGE = Pattern.compile("(\\d+)(?:-(\\d+)(?::(\\d+))?)?");

    /** Those of a field that names tasks alone. */
    static Ids of(String array, String tasks) {
        return new Ids(array + "_[" + tasks + "]");
    }

    /**
     * One record for each.
     *
     * @param record of all of them
     */
    List<Seen> each(Seen record) {
        Matcher match = ARRAY.matcher(id);
        if (!match.matches()) {
            return List.of(record);
        }
        List<Seen> tasks = new ArrayList<>();
        for (int task : match.start(2) >= 0 ? List.of(Integer.valueOf(match.group(2))) : tasks(match.group(3))) {
            tasks.add(record.task(match.group(1), task));
        }
        return tasks;
    }

    private static List<Integer> tasks(String ranges) {
        List<Integer> tasks = new ArrayList<>();
        Matcher match = RANGE.matcher(ranges);
        while (match.find()) {
            int first = Integer.parseInt(match.group(1));
            int last = match.start(2) < 0 ? first : Integer.parseInt(match.group(2));
            int step = match.start(3) < 0 ? 1 : Integer.parseInt(match.group(3));
            for (int task = first; task <= last; task += step) {
                tasks.add(task);
            }
        }
        return tasks;
    }
}
