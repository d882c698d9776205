package dev.chiron.agent.spec;

import dev.chiron.optimizers.fidelity.Spread;
import java.util.Optional;

/**
 * How replicas go on, for {@link FidelitySpec#HDET}.
 *
 * @param parameter whose value differs; empty for any other method
 * @param spread how
 * @param merge the command line that makes one checkpoint of theirs; empty where the best one's goes on
 */
public record ReplicaSpec(Optional<String> parameter, Spread spread, Optional<String> merge) {}
