.DEFAULT_GOAL := help
MVN ?= mvn
SCENARIOS ?= 1000000
FORGED ?= 200000
SEED ?= 1000001
REPORT ?= docs/simulation-report.md
ONE_TEST := -pl cli -am test -Dsurefire.failIfNoSpecifiedTests=false

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

check: ## everything a change must pass: build, tests, formatting
	$(MVN) verify

check-all: check heavy ## that, and every test that takes longer; runs by night

heavy: ## the tests that `make check` leaves out, and the mutants
	jdk=$$(dist/jdk) && JAVA_HOME=$$jdk $(MVN) -Pheavy verify

test: ## the tests that start no process and open no socket
	$(MVN) -Pquick test

mutants: ## break the planner and the protocol in many ways, and have tests notice
	jdk=$$(dist/jdk) && JAVA_HOME=$$jdk $(MVN) -Pheavy -pl planner verify
	$(MVN) -Pheavy -pl simulation -am test -Dtest=MutantTest -Dsurefire.failIfNoSpecifiedTests=false

coverage: ## how many lines and branches the tests of `make check` execute, by module
	rm -f target/jacoco.exec
	$(MVN) -Pcoverage verify
	$(MVN) -q -Pcoverage jacoco:report
	@awk -F, 'FNR > 1 { split(FILENAME, path, "/"); module = path[1]; \
		lines[module] += $$8 + $$9; hit[module] += $$9; ways[module] += $$6 + $$7; taken[module] += $$7 } \
		END { for (module in lines) printf "%-12s %5.1f %% of %6d lines, %5.1f %% of %6d branches\n", module, \
		100 * hit[module] / lines[module], lines[module], \
		100 * taken[module] / (ways[module] ? ways[module] : 1), ways[module] }' */target/site/jacoco/jacoco.csv | sort

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
	$(MVN) -q verify -Dtests.only=storm -Dtests.without=none -Dharness.pipelines=500 -Dharness.seed=$$(date +%s)

sandbox: ## serve a dbt platform in a box; prints the variables to export
	./dbtc sandbox

dist: ## pack the command with the Java it needs, for this platform, into target/dist
	$(MVN) -q -DskipTests verify
	dist/archive

deb: ## make a Debian package of what `make dist` packed
	dist/deb

wheel: ## make a Python wheel of what `make dist` packed; needs Python 3.9
	dist/wheel

image: ## build the container image dbtc of what `make dist` packed, with docker
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

.PHONY: help check check-all heavy test mutants coverage fmt demo sim sample compare storm bench sandbox dist deb wheel image libraries reproducible compatible clean
