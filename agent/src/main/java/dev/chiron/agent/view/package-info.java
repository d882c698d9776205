/** What is to be read of a study, for people and for programs, whoever shows it. */
@NullMarked
package dev.chiron.agent.view;

import org.jspecify.annotations.NullMarked;
