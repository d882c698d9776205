/** The 24 noiseless functions of the black-box optimization benchmark (Hansen, Finck, Ros, Auger: INRIA RR-6829, 2009). */
@NullMarked
package dev.chiron.evals.bbob;

import org.jspecify.annotations.NullMarked;
