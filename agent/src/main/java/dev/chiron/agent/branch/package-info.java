/**
 * What a study kept, given back to the person: a branch of the kept versions, branches of single ideas, and the script itself. Start with
 * {@link dev.chiron.agent.branch.StudyBranch}.
 */
@NullMarked
package dev.chiron.agent.branch;

import org.jspecify.annotations.NullMarked;
