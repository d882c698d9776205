package dev.chiron.optimizers.cma;

import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.OptimizerContract;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import org.junit.jupiter.api.Nested;

/** The contract with settings other than the default. */
class CmaEsVariantsTest {

    @Nested
    class WithTwoRegimes extends Contract {
        WithTwoRegimes() {
            super(CmaSettings.DEFAULT.withRestarts(RestartPolicy.BIPOP));
        }
    }

    @Nested
    class WithoutCorrelations extends Contract {
        WithoutCorrelations() {
            super(CmaSettings.DEFAULT.withFullUpTo(0));
        }
    }

    @Nested
    class WithAdaptedRates extends Contract {
        WithAdaptedRates() {
            super(CmaSettings.DEFAULT.withAdaptive(true));
        }

        @Override
        protected double sphereAfter200() {
            return 0.02; // slower where there is no noise
        }
    }

    abstract static class Contract extends OptimizerContract {

        private final CmaSettings settings;

        Contract(CmaSettings settings) {
            this.settings = settings;
        }

        @Override
        protected Optimizer start(SearchSpace space, Config baseline, long seed) {
            return CmaEs.start(space, baseline, settings, seed);
        }

        @Override
        protected Optimizer resume(SearchSpace space, OptimizerState state) {
            return CmaEs.resume(space, settings, (OptimizerState.CmaEs) state);
        }

        @Override
        protected double sphereAfter200() {
            return 1e-3;
        }
    }
}
