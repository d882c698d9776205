/** What a study found, as one file for people who have never seen Chiron. */
@NullMarked
package dev.chiron.agent.report;

import org.jspecify.annotations.NullMarked;
