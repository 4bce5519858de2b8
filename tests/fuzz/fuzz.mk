# fuzz.mk - each tests/fuzz/TARGET.c is given any bytes: at random and for as long as is wanted by
# `make fuzz`, with the seeds and what was found once by `make test`.

fuzz_shared  := tests/fuzz/json.c tests/fuzz/promises.c
fuzz_targets := $(filter-out json promises replay,$(patsubst tests/fuzz/%.c,%,$(sort $(wildcard tests/fuzz/*.c))))
fuzz_replays := $(fuzz_targets:%=$(BUILD)/tests/replay-%)
FUZZ_SECONDS ?= 60
FUZZ         ?= $(fuzz_targets)

$(BUILD)/tests/replay-%: tests/fuzz/%.c $(fuzz_shared) tests/fuzz/replay.c tests/fuzz/fuzz.h $(core)
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(COMPILE) -MF /dev/null -o $@ $(filter %.c,$^) $(core) $(LINK)

.PHONY: test-fuzz
test-fuzz: $(fuzz_replays)
	@rm -rf $(BUILD)/fuzz/seeds; mkdir -p $(BUILD)/fuzz
	@tests/fuzz/prepare.lua $(BUILD)/fuzz
	@tests/fuzz/run $(fuzz_replays)

# In a build of its own, with clang and libFuzzer. What is new to a target is kept in
# build/fuzz/corpus, from where the next run goes on.
.PHONY: fuzz
fuzz: ## FUZZ_SECONDS (60) of random bytes for each target, or for those in FUZZ
	@$(MAKE) -s BUILD=build/fuzz CC=clang SANITIZE=address,undefined,fuzzer-no-link FUZZ='$(FUZZ)' \
	    FUZZ_SECONDS=$(FUZZ_SECONDS) fuzz-run

.PHONY: fuzz-run
fuzz-run: $(fuzz_targets:%=$(BUILD)/fuzz-%)
	@rm -rf $(BUILD)/seeds; tests/fuzz/prepare.lua $(BUILD)
	@for target in $(FUZZ); do \
	  mkdir -p $(BUILD)/corpus/$$target $(BUILD)/crash; echo "== $$target"; \
	  $(BUILD)/fuzz-$$target -dict=$(BUILD)/words.dict -max_total_time=$(FUZZ_SECONDS) -timeout=10 \
	      -max_len=8192 -print_final_stats=1 -artifact_prefix=$(BUILD)/crash/$$target- \
	      $(BUILD)/corpus/$$target $(BUILD)/seeds/$$target \
	      $$(ls -d tests/fuzz/found/$$target 2>/dev/null) >$(BUILD)/$$target.log 2>&1; status=$$?; \
	  tail -n $$([ $$status -eq 0 ] && echo 12 || echo 60) $(BUILD)/$$target.log; \
	  [ $$status -eq 0 ] || exit 1; \
	done

$(BUILD)/fuzz-%: tests/fuzz/%.c $(fuzz_shared) tests/fuzz/fuzz.h $(core)
	$(call say,CC)
	$(Q)$(COMPILE) -fsanitize=fuzzer -MF /dev/null -o $@ $(filter %.c,$^) $(core) $(LINK)
