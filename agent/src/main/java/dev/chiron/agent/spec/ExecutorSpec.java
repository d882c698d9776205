package dev.chiron.agent.spec;

import dev.chiron.sandbox.slurm.Allocation;
import dev.chiron.sandbox.slurm.Pace;
import java.util.List;

/**
 * Where trials run.
 *
 * @param name {@code local} or {@code slurm}
 * @param allocation what each job asks the cluster for
 * @param pace how the cluster is treated
 */
public record ExecutorSpec(String name, Allocation allocation, Pace pace) {

    /** Jobs of a Slurm cluster. */
    public static final String SLURM = "slurm";
    /** Processes of this machine. */
    static final String LOCAL = "local";

    static final List<String> NAMES = List.of(LOCAL, SLURM);

    /** Whether trials are jobs of a Slurm cluster. */
    public boolean isSlurm() {
        return name.equals(SLURM);
    }
}
