package dev.chiron.sandbox.slurm;

import dev.chiron.sandbox.run.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The Slurm that this machine belongs to, for those who want to know whether it would take jobs. */
public final class Cluster {

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
        List<String> words = new ArrayList<>(List.of("sbatch", "--test-only", "--export=NONE"));
        words.addAll(allocation.words(training));
        words.add("--wrap=true");
        Commands.Said said = commands.run(words);
        Complaint complaint = Complaint.of(said);
        return said.worked() || complaint.passes() ? Optional.empty() : Optional.of(complaint.text());
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
