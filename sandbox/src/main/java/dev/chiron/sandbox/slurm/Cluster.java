package dev.chiron.sandbox.slurm;

import dev.chiron.sandbox.run.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Slurm that this machine belongs to, for those who want to know whether it would take jobs. */
public final class Cluster {

    private static final Pattern MOST_TASKS = Pattern.compile("MaxArraySize\\s*=\\s*(\\d+)");

    private final Commands commands;

    /** @param environment this process's variables */
    public Cluster(Map<String, String> environment) {
        this.commands = new Commands(environment);
    }

    /** The version of its programs; empty if there are none here. */
    public Optional<String> version() {
        Commands.Said said = commands.run(List.of("sbatch", "--version"));
        return said.worked() ? said.out().lines().findFirst() : Optional.empty();
    }

    /** Why jobs cannot be asked about; empty if they can. */
    public Optional<String> silence() {
        Listing listing = listing(commands);
        Commands.Said said = commands.run(listing.words(user()));
        return listing.answered(said)
                ? Optional.empty()
                : Optional.of(listing.program() + ": " + Complaint.of(said).text());
    }

    /** The names of its partitions, the usual one with a star; empty if they are not known. */
    public List<String> partitions() {
        Commands.Said said = commands.run(List.of("sinfo", "--noheader", "--format=%P"));
        return said.worked() ? said.out().lines().map(String::strip).distinct().toList() : List.of();
    }

    /**
     * Why a job would not be taken, in Slurm's words; empty if it would, or if nobody answers.
     *
     * @param training whose limits say what a job needs
     */
    public Optional<String> refusal(Allocation allocation, Training training) {
        return refusal(allocation, training, List.of());
    }

    /**
     * Why arrays of so many jobs as there may be would not be taken, where a job by itself is, and what to do; empty if they would, or if
     * nobody answers.
     */
    public Optional<String> refusal(Allocation allocation, Training training, Pace pace) {
        int tasks = Math.min(pace.array(), pace.jobs());
        if (tasks == 1) {
            return Optional.empty();
        }
        return refusal(allocation, training, List.of("--array=0-" + (tasks - 1)))
                .map(complaint -> "the cluster takes no array of " + tasks + " jobs: " + complaint + ". "
                        + mostTasks()
                                .map(most ->
                                        "Its arrays may have " + most + " at most (MaxArraySize): say slurm.array: "
                                                + most + " or less, or leave it out")
                                .orElse("Say less for slurm.array, or leave it out"));
    }

    private Optional<String> refusal(Allocation allocation, Training training, List<String> more) {
        List<String> words = new ArrayList<>(List.of("sbatch", "--test-only", "--export=NONE"));
        words.addAll(allocation.words(training));
        words.addAll(more);
        words.add("--wrap=true");
        Commands.Said said = commands.run(words);
        Complaint complaint = Complaint.of(said);
        return said.worked() || complaint.passes() ? Optional.empty() : Optional.of(complaint.text());
    }

    private Optional<String> mostTasks() {
        return commands.run(List.of("scontrol", "show", "config"))
                .out()
                .lines()
                .map(MOST_TASKS::matcher)
                .filter(Matcher::matches)
                .map(match -> match.group(1))
                .findFirst();
    }

    /**
     * Cancels the jobs that an earlier process left, and whose outcome nobody will ask for.
     *
     * @param label the beginning of their names
     * @param jobs the folder of its jobs, if there is one
     * @return how many there were
     * @throws IOException if the folder cannot be read
     */
    public int recall(String label, Path jobs) throws IOException {
        return new Recall(commands, label).all(Backlog.in(jobs), jobs);
    }

    /** The best way to ask for jobs that there is here. */
    static Listing listing(Commands commands) {
        return Stream.of(Listing.values())
                .filter(listing -> commands.has(listing.program()))
                .findFirst()
                .orElse(Listing.SQUEUE);
    }

    /** The number of the user that this process belongs to. */
    static String user() {
        try {
            return String.valueOf(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return System.getProperty("user.name", "");
        }
    }
}
