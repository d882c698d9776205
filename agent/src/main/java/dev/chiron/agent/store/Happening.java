package dev.chiron.agent.store;

/** What a study's proposer learns of, in the order of the journal. */
public sealed interface Happening permits Proposed, Entry, Taken {}
