# bench.mk - how fast it is, beside its peers. A benchmark is no test: nothing here fails for being slow.

bench_programs := $(BUILD)/bench/measure $(BUILD)/bench/core

$(BUILD)/bench/core: tests/bench/core.c $(core)
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(COMPILE) -MF /dev/null -o $@ $< $(core) $(LINK)

$(BUILD)/bench/measure: tests/bench/measure.c
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(CC) $(STANDARD) $(WARNINGS) -O2 -o $@ $<

# Debian has md4c's library, not its program.
$(BUILD)/bench/md2html: tests/bench/md2html.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(STANDARD) $(WARNINGS) -O2 $(shell $(PKG) --cflags md4c-html) -o $@ $< \
	    $(shell $(PKG) --libs md4c-html)

.PHONY: bench
bench: ## figures beside those of peers, against what we want of ourselves; BENCH="core editors growth ..." for some of them
	@.ci/deps install test bench || echo 'What is missing is left out.'
	@$(MAKE) -s -j2 all $(bench_programs)
	@command -v md2html >/dev/null || ! $(PKG) --exists md4c-html || $(MAKE) -s $(BUILD)/bench/md2html
	@BUILD=$(BUILD) lua5.4 tests/bench/run.lua $(BENCH)

# The stacks need frame pointers, and so a build of its own.
.PHONY: bench-flame
bench-flame: ## where the time goes: build/bench/flame.svg, by perf; else build/bench/flame.txt, by callgrind
	@$(MAKE) -s -j2 BUILD=build/flame OPTIMISE='-O2 -g -fno-omit-frame-pointer' build/flame/protokol
	@BUILD=$(BUILD) lua5.4 tests/bench/flame.lua build/flame/protokol
