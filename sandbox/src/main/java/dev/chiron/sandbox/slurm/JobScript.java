package dev.chiron.sandbox.slurm;

import dev.chiron.sandbox.run.LocalRunner;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The script of a job. */
record JobScript(List<String> program, List<String> setup) {

    /** Variables of the job that what runs in it may see beside those of every run; keys that a login shell exports are not among them. */
    private static final List<String> KEPT =
            List.of("HOME", "USER", "LOGNAME", "TMPDIR", "SLURM_JOB_ID", "SLURMD_NODENAME");

    /**
     * @param program the command that runs an order, whose folder is its last word; the first word is a Java, for which the node's own is
     *     taken where it is not there
     * @param setup lines before it
     */
    JobScript {
        program = List.copyOf(program);
        setup = List.copyOf(setup);
    }

    /** The script of the job of that number. */
    String text(JobFolder folder, int attempt) {
        String place = quoted(folder.path().toString());
        String names =
                Stream.concat(LocalRunner.variables().stream(), KEPT.stream()).collect(Collectors.joining(" "));
        String words = Stream.concat(
                        program.stream().skip(1), Stream.of(folder.path().toString()))
                .map(JobScript::quoted)
                .collect(Collectors.joining(" "));
        return String.join(
                        "\n",
                        "#!/bin/bash",
                        "# One trial of a study of Chiron. Made anew for each job; docs/slurm.md says how it goes on.",
                        "cd " + place + " || exit 3",
                        "# another job does it now, or it is done",
                        "[ \"$(cat attempt)\" = " + attempt + " ] && [ ! -e end.json ] || exit 0",
                        "set -e -o pipefail",
                        "trap 'echo \"chiron: slurm.setup failed: $BASH_COMMAND\"' ERR",
                        String.join("\n", setup),
                        "trap - ERR",
                        "set +e +o pipefail",
                        "cd " + place + " || exit 3",
                        "kept=()",
                        "for name in " + names + "; do",
                        "    [ -z \"${!name+set}\" ] || kept+=(\"$name=${!name}\")",
                        "done",
                        "java=" + quoted(program.get(0)),
                        "[ -x \"$java\" ] || java=$(command -v java) || {",
                        "    echo \"chiron: there is no Java on $(uname -n): neither "
                                + program.get(0).replaceAll("[\"$`\\\\!]", "")
                                + " nor one on the PATH (slurm.setup may load one)\"",
                        "    exit 3",
                        "}",
                        "exec env -i \"${kept[@]}\" \"$java\" " + words)
                + "\n";
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
