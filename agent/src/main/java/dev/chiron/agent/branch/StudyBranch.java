package dev.chiron.agent.branch;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.Recording;
import dev.chiron.optimizers.study.History;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The branch of a study in the repository that holds its project, {@code chiron/NAME}: the script as the study began with it, then a commit
 * for each version that was kept. Follows from the journal and the commit that was checked out when the study began, so that making it
 * again makes only what is missing. Nothing else in the repository is touched, and nothing is run.
 */
public final class StudyBranch {

    /** How many names are tried. */
    static final int NAMES = 1000;

    private final Spec spec;
    private final Path study;
    private final Map<String, String> environment;

    /**
     * A study's branch, of which nothing is looked at yet.
     *
     * @param study the study's folder, whose name is the branch's
     * @param environment names the home whose git settings hold
     */
    public StudyBranch(Spec spec, Path study, Map<String, String> environment) {
        this.spec = spec;
        this.study = study.toAbsolutePath().normalize();
        this.environment = new LinkedHashMap<>(environment);
    }

    /**
     * What came of a call.
     *
     * @param branch the study's branch; empty as long as no edit was kept, or if it could not be written
     * @param commits how many it holds, the study's first script included
     * @param note what a person should know: another name was taken, or why nothing was written; empty if there is nothing to say
     */
    public record Synced(Optional<String> branch, int commits, Optional<String> note) {}

    /**
     * Brings the branch up to what was kept so far. To be called when a study begins or goes on, which notes the commit that is checked
     * out, and after each trial that changes the incumbent. Whatever is wrong with the repository is a note: no study ends by it.
     *
     * @param history the study's, as far as its journal goes
     * @return empty where no repository holds the script
     * @throws dev.chiron.agent.store.UnusableStudy if the study's journal is damaged
     */
    public Optional<Synced> sync(History history) {
        try (BranchPoint point = BranchPoint.find(spec, study, environment).orElse(null)) {
            return point == null ? Optional.empty() : Optional.of(sync(point, history));
        } catch (IOException | UncheckedIOException | BadInput e) {
            return Optional.of(new Synced(
                    Optional.empty(), 0, Optional.of("the study's branch could not be written: " + e.getMessage())));
        }
    }

    private Synced sync(BranchPoint point, History history) throws IOException {
        if (history.incumbents().stream()
                .allMatch(trial -> trial.change().variant().isEmpty())) {
            return new Synced(Optional.empty(), 0, Optional.empty());
        }
        List<String> chain = chain(point, history);
        String plain = point.prefix() + point.name();
        String wanted = point.memory().branch().orElse(plain);
        if (point.advance(wanted, chain, point.memory().branch().isPresent())) {
            return new Synced(Optional.of(wanted), chain.size(), Optional.empty());
        }
        for (int number = 2; number <= NAMES; number++) {
            String branch = plain + "-" + number;
            if (point.advance(branch, chain, false)) {
                return new Synced(
                        Optional.of(branch),
                        chain.size(),
                        Optional.of("the branch " + wanted + " is not this study's any more, or is checked out; "
                                + "it is left as it is, and the study goes on in " + branch));
            }
        }
        throw new IOException("no name is free for it, up to " + plain + "-" + NAMES);
    }

    /** All commits of the branch, in order; the first may be one that was there before. */
    private List<String> chain(BranchPoint point, History history) throws IOException {
        Recording recording = Recording.read(study).orElseThrow();
        KeptMessage message = new KeptMessage(spec.objective(), point.name());
        List<String> chain = new ArrayList<>(List.of(point.root(recording.ends().get(0))));
        String text = point.script().text();
        for (Keep keep : Keep.of(history)) {
            String kept = point.script().text(keep.trial().change());
            if (!kept.equals(text)) {
                Entry entry = recording.entries().get(keep.trial().number());
                chain.add(point.repository()
                        .commit(
                                Optional.of(chain.get(chain.size() - 1)),
                                kept.getBytes(StandardCharsets.UTF_8),
                                message.kept(keep, entry),
                                recording.ends().get(keep.trial().number())));
                text = kept;
            }
        }
        return chain;
    }
}
