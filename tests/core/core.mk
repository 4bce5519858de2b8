# core.mk - the C unit tests: each tests/core/*_test.c is a program of its own.
# cmocka says what fails; a line at the end counts tests over all programs.

core_tests     := $(sort $(wildcard tests/core/*_test.c))
core_test_runs := $(core_tests:tests/core/%.c=$(BUILD)/tests/%)

$(BUILD)/tests/%_test: tests/core/%_test.c $(core)
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(COMPILE) $(shell $(PKG) --cflags cmocka) -MF $@.d -MT $@ -o $@ $< $(core) \
	    $(LINK) $(shell $(PKG) --libs cmocka)

-include $(core_test_runs:%=%.d)

.PHONY: test-core
test-core: $(core_test_runs) ## C unit tests of the core
	@tests/core/run $(core_test_runs)
