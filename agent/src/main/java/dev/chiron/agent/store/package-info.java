/**
 * A study on disk: an append-only journal whose lines are chained by hash, and what lies beside it. Start with {@link
 * dev.chiron.agent.store.StudyFolder}.
 */
@NullMarked
package dev.chiron.agent.store;

import org.jspecify.annotations.NullMarked;
