package dev.chiron.agent.branch;

import dev.chiron.agent.spec.Spec;
import dev.chiron.sandbox.branch.ScriptRepository;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a study's branches leave the repository's own. */
final class BranchPoint implements Closeable {

    private final ScriptRepository repository;
    private final StudyScript script;
    private final Path study;
    private BranchMemory memory;

    private BranchPoint(ScriptRepository repository, StudyScript script, Path study, BranchMemory memory) {
        this.repository = repository;
        this.script = script;
        this.study = study;
        this.memory = memory;
    }

    /** Finds it, or notes it if this is the first time; empty where no repository holds the script. */
    static Optional<BranchPoint> find(Spec spec, Path study, Map<String, String> environment) throws IOException {
        Path file = spec.folder().resolve(spec.script());
        Optional<ScriptRepository> found =
                Files.exists(file) ? ScriptRepository.find(file, environment) : Optional.empty();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        ScriptRepository repository = found.get();
        try {
            Optional<BranchMemory> before = BranchMemory.read(study);
            BranchMemory memory =
                    before.isPresent() ? before.get() : new BranchMemory(repository.head(), Optional.empty());
            if (before.isEmpty()) {
                memory.write(study);
            }
            return Optional.of(new BranchPoint(repository, StudyScript.read(spec, study), study, memory));
        } catch (IOException | RuntimeException e) {
            repository.close();
            throw e;
        }
    }

    ScriptRepository repository() {
        return repository;
    }

    StudyScript script() {
        return script;
    }

    BranchMemory memory() {
        return memory;
    }

    /** The study's, as part of a branch's name. */
    String name() {
        return name(study);
    }

    /** The name of a study's folder, as part of a branch's name. */
    static String name(Path study) {
        String name = String.valueOf(study.getFileName())
                .replaceAll("[^\\p{L}\\p{N}._-]+", "-")
                .replaceAll("\\.{2,}", ".")
                .replaceAll("^[.-]+|[.-]+$", "")
                .replaceAll("\\.lock$", "-lock")
                .replaceAll("-+", "-");
        return name.isEmpty() ? "study" : name;
    }

    /** What the names of all studies' branches begin with; where a branch is called {@code chiron}, git has no place below it. */
    String prefix() throws IOException {
        return repository.tip("chiron").isPresent() ? "chiron-" : "chiron/";
    }

    /** The commit of the script as the study began with it: the repository's own where that has it. */
    String root(Instant began) throws IOException {
        return repository.holds(memory.base(), script.bytes())
                ? memory.base().orElseThrow()
                : repository.commit(
                        memory.base(),
                        script.bytes(),
                        "The script as the study began with it\n\nstudy: " + name() + "\n",
                        began);
    }

    /**
     * Brings a branch to the end of a chain of commits, if it is ours to move.
     *
     * @param known whether the branch is the study's, so that it may end anywhere in the chain but at its
     *     first commit, where only a person would put it
     * @return false if it is somebody else's, or checked out
     */
    boolean advance(String branch, List<String> chain, boolean known) throws IOException {
        String last = chain.get(chain.size() - 1);
        Optional<String> tip = repository.tip(branch);
        boolean ours = tip.isEmpty() ? repository.isFree(branch) : known && chain.lastIndexOf(tip.get()) > 0;
        if (!ours) {
            return false;
        }
        if (!tip.equals(Optional.of(last))) {
            if (repository.isCheckedOut(branch)) {
                return false;
            }
            remember(branch); // before it is there: a branch that nobody remembers is nobody's
            return repository.move(branch, tip, last);
        }
        remember(branch);
        return true;
    }

    private void remember(String branch) throws IOException {
        if (!memory.branch().equals(Optional.of(branch))) {
            memory = memory.named(branch);
            memory.write(study);
        }
    }

    @Override
    public void close() {
        repository.close();
    }
}
