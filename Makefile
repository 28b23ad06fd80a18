.DEFAULT_GOAL := help
MVN ?= mvn
ONE_TEST := -pl cli -am test -Dsurefire.failIfNoSpecifiedTests=false

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

check: ## everything a change must pass: build, tests, formatting
	$(MVN) verify

test: ## the tests alone, without packaging
	$(MVN) test

fmt: ## format every Java source in place
	$(MVN) -q $(ONE_TEST) -Dtest=FormattingTest -Dformat=write

demo: ## watch a morning of pull requests on the embedded sandbox
	./dbtc demo

sim: ## play 1,000,000 scenarios and write docs/simulation-report.md
	./dbtc simulate --scenarios=1000000 --seed=1000001 --report=docs/simulation-report.md

compare: ## compare how long people wait, and write it into docs/simulation-report.md
	./dbtc simulate --compare --report=docs/simulation-report.md

storm: ## start 500 real processes, kill many of them, and check what they did
	$(MVN) -q verify -Dharness.pipelines=500 -Dharness.seed=$$(date +%s)

sandbox: ## serve a dbt platform in a box; prints the variables to export
	./dbtc sandbox

clean: ## remove all that was built
	$(MVN) -q clean
	rm -rf .dbtc

.PHONY: help check test fmt demo sim compare storm sandbox clean
