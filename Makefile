.PHONY: help verify fast dist reproduce format golden bench peers demo clean
help: ## This list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'
verify: ## Everything that must be green before a commit
	mvn verify
fast: ## Compile and pack, no checks
	mvn -q -DskipTests -Dspotless.check.skip package
dist: ## The archives to hand out, in evals/target (docs/install.md)
	mvn -q -Pdist -DskipTests -Dspotless.check.skip package
reproduce: dist ## Build what is committed elsewhere, too, and compare the bytes
	work=$$(mktemp -d) && trap 'rm -rf "$$work"' EXIT && git archive HEAD | tar xf - -C "$$work" \
	    && (cd evals/target && sha256sum chiron.jar chiron-sbom.json chiron-*.tar.gz) >"$$work/bytes" \
	    && $(MAKE) -C "$$work" dist && cd "$$work/evals/target" && sha256sum --check ../../bytes
format: ## Format the code
	mvn -q spotless:apply
golden: ## Rewrite the golden files; review the diff like code
	mvn -q test -Dgolden=write -Dspotless.check.skip
bench: ## Chiron's own speed and memory
	./chiron evals speed
peers: ## Our methods beside Optuna's on all tasks; an hour or more (docs/peers.md)
	./chiron evals peers --tasks synthetic,lcbench-167168,rbv2_rpart-14,rbv2_xgboost-12 --methods gp,random-forest,tpe,cma-es,random --samplers tpe,tpe-mv,cma-es --seeds 20 --trials 100 --at 50,100 --out evals/target/peers.jsonl
	./chiron evals peers --tasks autoresearch --methods gp,random-forest,tpe,cma-es,random --samplers tpe,tpe-mv,cma-es,cma-es-baseline --seeds 20 --trials 300 --at 50,300 --out evals/target/peers-autoresearch.jsonl
demo: ## Tune the bundled script
	./chiron demo
clean: ## Remove what was built
	mvn -q clean
