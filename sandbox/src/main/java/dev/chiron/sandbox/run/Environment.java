package dev.chiron.sandbox.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The variables of a run: few and known, so that no key or token of the person who tunes is ever seen by a script. */
final class Environment {

    /** What of the outer variables is passed on. */
    static final List<String> PASSED = List.of(
            "PATH",
            "LANG",
            "LC_ALL",
            "JAVA_HOME",
            "CUDA_VISIBLE_DEVICES",
            "HIP_VISIBLE_DEVICES",
            "ROCR_VISIBLE_DEVICES",
            "LD_LIBRARY_PATH",
            "PYTHONPATH",
            "VIRTUAL_ENV",
            "CONDA_PREFIX");

    private static final String USUAL_PATH = "/usr/local/bin:/usr/bin:/bin";

    private final Map<String, String> outer;
    private final Map<String, String> task;

    /**
     * @param outer this JVM's variables
     * @param task the task's own, as templates
     */
    Environment(Map<String, String> outer, Map<String, String> task) {
        this.outer = outer;
        this.task = task;
    }

    /** Where programs are looked for. */
    String path() {
        return task.getOrDefault("PATH", outer.getOrDefault("PATH", USUAL_PATH));
    }

    /** Where the person's own files are. */
    Path home() {
        return Path.of(outer.getOrDefault("HOME", "/nonexistent"));
    }

    /**
     * The variables of a run.
     *
     * @param temporary the folder for temporary files, as the run sees it
     */
    Map<String, String> forRun(Path workspace, Path temporary, Holes holes) {
        Map<String, String> variables = new LinkedHashMap<>();
        pass(variables);
        variables.put("HOME", workspace.toString());
        variables.put("TMPDIR", temporary.toString());
        // More threads than cores made a small run six times slower; a task that wants them says so.
        variables.put("OPENBLAS_NUM_THREADS", "1");
        variables.put("OMP_NUM_THREADS", "1");
        variables.put("PYTHONUNBUFFERED", "1");
        variables.put("PYTHONDONTWRITEBYTECODE", "1");
        variables.put("PYTHONHASHSEED", "0");
        // A study often lies in the repository that is tuned: a script that commits is not to find it.
        variables.put(
                "GIT_CEILING_DIRECTORIES",
                workspace.resolveSibling(".").normalize().toString());
        userPackages().ifPresent(base -> variables.put("PYTHONUSERBASE", base));
        task.forEach((name, template) -> variables.put(name, holes.fill(template)));
        return variables;
    }

    /** Python looks for the person's own packages below the home folder, which a run has not. */
    private Optional<String> userPackages() {
        return Optional.ofNullable(outer.get("HOME"))
                .map(home -> Path.of(home, ".local"))
                .filter(Files::isDirectory)
                .map(Path::toString);
    }

    /** Fills the variables for asking an interpreter where it is; version managers look below the home folder. */
    void forQuestion(Map<String, String> variables) {
        pass(variables);
        variables.put("HOME", outer.getOrDefault("HOME", "/"));
    }

    private void pass(Map<String, String> variables) {
        variables.clear();
        for (String name : PASSED) {
            if (outer.containsKey(name)) {
                variables.put(name, outer.get(name));
            }
        }
        variables.put("PATH", path());
    }
}
