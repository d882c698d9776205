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

    /** The script of the job by itself of that number. */
    String text(JobFolder folder, int number) {
        return text(quoted(folder.path().toString()), "[ \"$(cat attempt)\" = " + number + " ]");
    }

    /** The script of an array's tasks. */
    String text(ArrayFolder array) {
        return text(
                "$(readlink " + quoted(array.path() + "/") + "\"$SLURM_ARRAY_TASK_ID\")",
                "read -r number task < attempt && [ \"$number\" != 0 ] && [ \"$task\" = " + quoted(array.name())
                        + "_\"$SLURM_ARRAY_TASK_ID\" ]");
    }

    private String text(String place, String admitted) {
        String names =
                Stream.concat(LocalRunner.variables().stream(), KEPT.stream()).collect(Collectors.joining(" "));
        String words = program.stream().skip(1).map(word -> quoted(word) + " ").collect(Collectors.joining());
        return String.join(
                        "\n",
                        "#!/bin/bash",
                        "# One trial of a study of Chiron. Made anew for each job; docs/slurm.md says how it goes on.",
                        "readonly chiron_place=" + place,
                        "cd \"$chiron_place\" || exit 3",
                        "# another job does it now, or it is done",
                        admitted + " && [ ! -e end.json ] || exit 0",
                        "set -e -o pipefail",
                        "trap 'echo \"chiron: slurm.setup failed: $BASH_COMMAND\"' ERR",
                        String.join("\n", setup),
                        "trap - ERR",
                        "set +e +o pipefail",
                        "cd \"$chiron_place\" || exit 3",
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
                        "exec env -i \"${kept[@]}\" \"$java\" " + words + "\"$chiron_place\"")
                + "\n";
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
