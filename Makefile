.DEFAULT_GOAL := help
MVN ?= mvn
SCENARIOS ?= 1000000
FORGED ?= 200000
SEED ?= 1000001
REPORT ?= docs/simulation-report.md
ONE_TEST := -pl cli -am test -Dsurefire.failIfNoSpecifiedTests=false

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

check: ## everything a change must pass: build, tests, formatting
	$(MVN) verify

test: ## the tests alone, without packaging
	$(MVN) test

fmt: ## format every Java source in place
	$(MVN) -q $(ONE_TEST) -Dtest=FormattingTest -Dformat=write

demo: ## watch a morning of pull requests on the embedded sandbox
	./dbtc demo

sim: ## play 1,200,000 scenarios, for hours, and write docs/simulation-report.md; goes on when broken off
	@mkdir -p target
	./dbtc simulate --scenarios=$(SCENARIOS) --seed=$(SEED) --report=$(REPORT) \
		--commit=$$(git rev-parse --short=12 HEAD) --resume=target/simulation.json
	./dbtc simulate --scenarios=$(FORGED) --seed=$(SEED) --report=$(REPORT) --forging \
		--commit=$$(git rev-parse --short=12 HEAD) --resume=target/simulation-forged.json

sample: ## play the 20,000 scenarios of every build into that page; for a changed decision rule
	./dbtc simulate --sample --report=$(REPORT)

compare: ## compare how long people wait, and write it into docs/simulation-report.md
	./dbtc simulate --compare --report=docs/simulation-report.md

bench: ## measure start-up, memory and the hot paths
	benchmark/start-up
	benchmark/memory
	benchmark/hot-paths

storm: ## start 500 real processes, kill many of them, and check what they did
	$(MVN) -q verify -Dharness.pipelines=500 -Dharness.seed=$$(date +%s)

sandbox: ## serve a dbt platform in a box; prints the variables to export
	./dbtc sandbox

dist: ## pack the command with the Java it needs, for this platform, into target/dist
	$(MVN) -q -DskipTests verify
	dist/archive

deb: ## make a Debian package of what `make dist` packed
	dist/deb

image: ## build the container image dbtc, with docker
	docker build --tag dbtc .

libraries: ## pack the libraries with sources and Javadoc into target/dist
	rm -rf target/repository
	$(MVN) -q -Prelease -DskipTests verify
	dist/bundle

reproducible: ## build the last commit twice and compare every byte
	dist/reproducible

compatible: ## compare the libraries' public interfaces with the last release
	dist/compatible

clean: ## remove all that was built
	$(MVN) -q clean
	rm -rf .dbtc

.PHONY: help check test fmt demo sim sample compare storm bench sandbox dist deb image libraries reproducible compatible clean
