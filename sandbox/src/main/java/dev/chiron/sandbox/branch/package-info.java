/**
 * Versions of a script beside each other: their differences, their merges, and branches of them in the git repository that holds the
 * project. Start with {@link dev.chiron.sandbox.branch.ScriptRepository} and {@link dev.chiron.sandbox.branch.ThreeWay}.
 */
@NullMarked
package dev.chiron.sandbox.branch;

import org.jspecify.annotations.NullMarked;
