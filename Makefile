.PHONY: help verify fast format golden bench demo clean
help: ## This list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'
verify: ## Everything that must be green before a commit
	mvn verify
fast: ## Compile and pack, no checks
	mvn -q -DskipTests -Dspotless.check.skip package
format: ## Format the code
	mvn -q spotless:apply
golden: ## Rewrite the golden files; review the diff like code
	mvn -q test -Dgolden=write -Dspotless.check.skip
bench: ## Chiron's own speed and memory
	./chiron evals speed
demo: ## Tune the bundled script
	./chiron demo
clean: ## Remove what was built
	mvn -q clean
