/**
 * Walls around a run: what it sees of the machine, and what keeps it in. Three levels, the strongest first: bubblewrap, unshare, plain. A run
 * sees what is listed and nothing else; there is no list of what is forbidden.
 */
@NullMarked
package dev.chiron.sandbox.isolate;

import org.jspecify.annotations.NullMarked;
