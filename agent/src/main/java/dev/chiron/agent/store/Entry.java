package dev.chiron.agent.store;

import dev.chiron.optimizers.study.Trial;
import java.util.Optional;

/** A trial as the journal holds it, with what happened on the model's turn if it was one. */
public record Entry(Trial trial, Optional<ModelTurn> turn) {}
