# faults.mk - no memory, at each place where some is asked for: faults.c in the core, each piece by
# itself; faults_spec.lua on the command line; lua.c in the Lua module.

faults_memory := $(BUILD)/object/tests/faults/memory.o

# Arenas that ask for nearly each piece by itself; the core's own then stays in its library.
$(BUILD)/tests/arena.o: csrc/text/arena.c csrc/text/text.h
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(COMPILE) -include tests/faults/chunk.h -MF /dev/null -c -o $@ $<

$(BUILD)/tests/faults: tests/faults/faults.c $(faults_memory) $(BUILD)/tests/arena.o $(core)
	$(call say,CC)
	$(Q)$(COMPILE) -MF /dev/null -o $@ $^ $(LINK) -ldl

$(BUILD)/tests/protokol-failing: $(call object,$(cli_sources)) $(faults_memory) $(core)
	@mkdir -p $(@D)
	$(call say,LD)
	$(Q)$(CC) $(SANITIZER) $(OPTIMISE) -o $@ $^ $(LINK) -ldl
