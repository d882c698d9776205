/**
 * The study loop: whose turn it is, what is proposed, run, written down and told. Start with {@link
 * dev.chiron.agent.StudyLoop}; proposers stand in {@code .propose}, models in {@code .llm}, files in {@code .store}.
 */
@NullMarked
package dev.chiron.agent;

import org.jspecify.annotations.NullMarked;
