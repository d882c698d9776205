/**
 * Runs trainings as jobs of a Slurm cluster: {@code sbatch} hands a job in, the job runs the training as
 * {@link dev.chiron.sandbox.run.LocalRunner} does on any machine, and what came of it is read from a file that the job writes last. Slurm
 * itself is asked for what no file can say: that a job waits, and why one ended without that file.
 */
@NullMarked
package dev.chiron.sandbox.slurm;

import org.jspecify.annotations.NullMarked;
