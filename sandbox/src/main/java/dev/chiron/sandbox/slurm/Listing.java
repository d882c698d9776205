package dev.chiron.sandbox.slurm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ways to ask for all of a user's jobs in one call; which of the programs there are differs from cluster to cluster. */
enum Listing {
    /** The queue, and what has ended within the last minutes. */
    SQUEUE("squeue") {
        @Override
        List<String> words(String user) {
            // without --array: a line may say the same of many tasks, of this program or of any other
            return List.of("squeue", "--noheader", "--states=all", "--user=" + user, "--format=%i|%T|%M|%N|%j|%r");
        }

        @Override
        Optional<Seen> read(String line) {
            String[] cells = line.split("\\|", 6);
            return cells.length < 6
                    ? Optional.empty()
                    : Optional.of(new Seen(
                            cells[0].strip(),
                            cells[4].strip(),
                            cells[1].strip(),
                            cells[5].strip(),
                            duration(cells[2]),
                            cells[3].strip()));
        }
    },

    /** The same of all users, at length. */
    SCONTROL("scontrol") {
        @Override
        List<String> words(String user) {
            return List.of("scontrol", "--oneliner", "show", "job");
        }

        @Override
        Optional<Seen> read(String line) {
            return field(line, "JobId")
                    .map(id -> new Seen(
                            array(line).map(Ids::id).orElse(id),
                            field(line, "JobName").orElse(""),
                            field(line, "JobState").orElse(""),
                            field(line, "Reason").orElse("").replace('_', ' '),
                            duration(field(line, "RunTime").orElse("")),
                            field(line, "NodeList").orElse("").replace("(null)", "")));
        }

        private Optional<Ids> array(String line) {
            return field(line, "ArrayJobId")
                    .flatMap(array -> field(line, "ArrayTaskId").map(tasks -> Ids.of(array, tasks)));
        }
    },

    /** The cluster's records. */
    SACCT("sacct") {
        @Override
        List<String> words(String user) {
            return List.of(
                    "sacct",
                    "--noheader",
                    "--parsable2",
                    "--allocations",
                    "--uid=" + user,
                    "--starttime=now-30days",
                    "--format=JobID,State,Elapsed,NodeList,JobName");
        }

        @Override
        Optional<Seen> read(String line) {
            String[] cells = line.split("\\|", 5);
            if (cells.length < 5) {
                return Optional.empty();
            }
            String[] state = cells[1].strip().split(" ", 2); // CANCELLED by 0
            return Optional.of(new Seen(
                    cells[0].strip(),
                    cells[4].strip(),
                    state[0],
                    state.length == 2 ? state[1] : "",
                    duration(cells[2]),
                    cells[3].strip().replace("None assigned", "")));
        }
    };

    private static final Pattern TIME = Pattern.compile("(?:(\\d+)-)?(?:(\\d+):)?(\\d+):(\\d+)");

    private final String program;

    Listing(String program) {
        this.program = program;
    }

    String program() {
        return program;
    }

    /**
     * The command that lists the jobs.
     *
     * @param user number of the user
     */
    abstract List<String> words(String user);

    /** A record of a line, of a job or of several tasks of an array; empty for a line that is none. */
    abstract Optional<Seen> read(String line);

    /**
     * The jobs in what the command said, tasks of arrays one by one.
     *
     * @param label the beginning of the names of those that are asked for
     */
    List<Seen> jobs(String said, String label) {
        List<Seen> jobs = new ArrayList<>();
        said.lines()
                .flatMap(line -> read(line).stream())
                .filter(record -> record.name().startsWith(label))
                .forEach(record -> jobs.addAll(new Ids(record.id()).each(record)));
        return jobs;
    }

    /** Whether an answer is one: without its database {@code sacct} says so and ends as if all were well. */
    boolean answered(Commands.Said said) {
        return said.worked() && !said.complaint().toLowerCase(Locale.ROOT).contains("accounting storage is disabled");
    }

    private static Optional<String> field(String line, String name) {
        Matcher match = Pattern.compile("(?:^| )" + name + "=([^ ]*)").matcher(line);
        return match.find() ? Optional.of(match.group(1)) : Optional.empty();
    }

    /** As Slurm writes it: 1-02:03:04, 02:03:04 or 2:03; zero for what is none. */
    static Duration duration(String text) {
        Matcher match = TIME.matcher(text.strip());
        if (!match.matches()) {
            return Duration.ZERO;
        }
        return Duration.ofDays(number(match.group(1)))
                .plusHours(number(match.group(2)))
                .plusMinutes(number(match.group(3)))
                .plusSeconds(number(match.group(4)));
    }

    @SuppressWarnings("NullAway") // a group that is not there is null
    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
