# make help says what there is.
MVN ?= mvn -B
JAVA ?= $(if $(JAVA_HOME),$(JAVA_HOME)/bin/)java
HOME_BUILT := target/parley
LAB_JAVA = -XX:+UseSerialGC -Xmx512m -Djava.awt.headless=true -cp "$(HOME_BUILT)/lib/*"
CLASS_LIST := coordinator/src/main/resources/parley/coordinator/supervision/services.classes
VERSION = $(shell sed -n 's|^  <version>\(.*\)</version>|\1|p' pom.xml)

.DEFAULT_GOAL := build
.PHONY: build run test replay bench catch-up faults chaos classes simulate explore crash dist clean help

build: ## Build a runnable Parley in target/parley (the default)
	$(MVN) -q package -DskipTests
	mkdir -p $(HOME_BUILT)
	rm -rf $(HOME_BUILT)/scripts $(HOME_BUILT)/zk-conf
	cp -r scripts zk-conf README.md $(HOME_BUILT)

run: build ## Run three hosts on this machine until Ctrl-C
	scripts/run_local.sh

test: ## Run all checks and tests
	$(MVN) verify

replay: build ## Replay a real trace through three hosts, killing the primary in the middle
	$(JAVA) -XX:+UseSerialGC -cp "$(HOME_BUILT)/lib/*" parley.acceptance.replay.ReplayMain \
	  --home "$(CURDIR)/$(HOME_BUILT)" $(if $(REPLAY_LINES),--lines $(REPLAY_LINES))

bench: build ## Measure a plain stream of posts without followers
	$(JAVA) -XX:+UseSerialGC -cp "$(HOME_BUILT)/lib/*" parley.acceptance.bench.PostStreamMain \
	  --home "$(CURDIR)/$(HOME_BUILT)" $(if $(BENCH_POSTS),--posts $(BENCH_POSTS))

catch-up: build ## Measure how a standby comes back after POSTS posts, and with an empty disk
	$(JAVA) -XX:+UseSerialGC -cp "$(HOME_BUILT)/lib/*" parley.acceptance.bench.CatchUpMain \
	  --home "$(CURDIR)/$(HOME_BUILT)" $(if $(POSTS),--posts $(POSTS))

faults: build ## Measure what each fault costs, into design/faults.md; CELLS=kill-primary,stop* REPETITIONS=10; REPORT=1 writes it anew
	$(JAVA) $(LAB_JAVA) parley.acceptance.lab.LabMain parley.acceptance.faults.MatrixMain \
	  --home "$(CURDIR)/$(HOME_BUILT)" --design design $(if $(CELLS),--cells '$(CELLS)') \
	  $(if $(REPETITIONS),--repetitions $(REPETITIONS)) $(if $(ADD),--add) $(if $(REPORT),--report)

chaos: build ## Random faults under load for MINUTES=10, judged by what users saw; SEED=n repeats them, SPARE=3 watches a host's growth
	$(JAVA) $(LAB_JAVA) parley.acceptance.lab.LabMain parley.acceptance.faults.ChaosMain \
	  --home "$(CURDIR)/$(HOME_BUILT)" $(if $(MINUTES),--minutes $(MINUTES)) $(if $(SEED),--seed $(SEED)) \
	  $(if $(SPARE),--spare $(SPARE))

classes: build ## List anew, in the sources, which classes and lambdas the services load
	rm -rf target/loaded
	mkdir -p target/loaded
	JDK_JAVA_OPTIONS="-XX:DumpLoadedClassList=$(CURDIR)/target/loaded/%p" \
	  $(JAVA) $(LAB_JAVA) parley.acceptance.lab.LabMain parley.acceptance.faults.ChaosMain \
	  --home "$(CURDIR)/$(HOME_BUILT)" --minutes 1
	grep -lE '^parley/(coordinator/app/Coordinator|frontend/app/Frontend|timelineservice/app/TimelineService)Main' \
	  target/loaded/* | xargs cat > target/loaded/all
	grep -vE '^[@#]' target/loaded/all | sed 's/ .*//' | LC_ALL=C sort -u > $(CLASS_LIST)
	grep '^@lambda' target/loaded/all | LC_ALL=C sort -u >> $(CLASS_LIST)

simulate: build ## Search random schedules for MINUTES on all cores, or repeat one run: SEED=n HOSTS=3
	$(JAVA) -XX:+UseSerialGC -Xmx1g -cp "timeline-service/target/test-classes:$(HOME_BUILT)/lib/*" \
	  $(if $(MINUTES),-Dminutes=$(MINUTES)) $(if $(SEED),-Dseed=$(SEED)) $(if $(HOSTS),-Dhosts=$(HOSTS)) \
	  parley.timelineservice.simulation.Simulate

explore: build ## Visit every state of the replication core within the large scopes, or in SCOPE
	$(JAVA) -Xmx6g -cp "timeline-service/target/test-classes:$(HOME_BUILT)/lib/*" \
	  parley.timelineservice.exploration.Explore $(SCOPE)

crash: build ## Kill a process that writes the journal KILLS times (400), each checks what the last one left
	rm -rf target/crash
	mkdir -p target/crash
	$(JAVA) -XX:+UseSerialGC -Xmx128m -cp "timeline-service/target/test-classes:$(HOME_BUILT)/lib/*" \
	  $(if $(KILLS),-Dkills=$(KILLS)) $(if $(SEED),-Dseed=$(SEED)) \
	  parley.timelineservice.storage.Crash target/crash

dist: build ## Make target/parley-VERSION.tar.gz, all that a host needs
	tar -czf target/parley-$(VERSION).tar.gz --owner=0 --group=0 \
	  --transform 's|^parley|parley-$(VERSION)|' -C target \
	  parley/lib parley/scripts parley/zk-conf parley/README.md
	@echo target/parley-$(VERSION).tar.gz

clean: ## Remove everything built; data stays
	$(MVN) -q clean
	rm -rf target

help: ## Say what there is
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20
