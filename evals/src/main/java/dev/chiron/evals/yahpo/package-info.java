/**
 * YAHPO Gym's surrogate benchmarks (Pfisterer, Schneider, Moosbauer, Binder, Bischl 2022, v1.0.2): networks that answer for
 * real trainings. The data is the user's; nothing of it is part of Chiron.
 */
@NullMarked
package dev.chiron.evals.yahpo;

import org.jspecify.annotations.NullMarked;
