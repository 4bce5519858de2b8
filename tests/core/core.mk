# core.mk - the C unit tests: each tests/core/*_test.c is a program of its own.
# cmocka says what fails; a line at the end counts tests over all programs.

core_tests     := $(sort $(wildcard tests/core/*_test.c))
core_test_runs := $(core_tests:tests/core/%.c=$(BUILD)/tests/%)

# An archive, so that each program takes only what it calls.
$(BUILD)/tests/core.a: $(core_objects)
	@mkdir -p $(@D)
	@rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/tests/%_test: tests/core/%_test.c $(BUILD)/tests/core.a
	$(COMPILE) $(shell $(PKG) --cflags cmocka) -MF $@.d -MT $@ -o $@ $< $(BUILD)/tests/core.a \
	    $(LINK) $(shell $(PKG) --libs cmocka)

-include $(core_test_runs:%=%.d)

.PHONY: test-core
test-core: $(core_test_runs) ## C unit tests of the core
	@tests/core/run $(core_test_runs)
